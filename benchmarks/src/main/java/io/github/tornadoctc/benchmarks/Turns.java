package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.timing.Quartiles;
import java.util.ArrayList;
import java.util.List;

/** Several things timed in turns, a few calls each, so that whatever else the machine does meets all of them alike. */
final class Turns {
    private static final double TURN_NANOS = 50e6;

    private Turns() {}

    /** The milliseconds of a call of each, over so many seconds in all; for half as long before that none is counted. */
    static List<Quartiles> take(List<? extends Runnable> works, double seconds) {
        calls(works, seconds / 2);
        return calls(works, seconds).stream()
                .map(times -> Quartiles.of(
                        times.stream().mapToDouble(Double::doubleValue).toArray()))
                .toList();
    }

    /** The milliseconds of every call of each. */
    static List<List<Double>> calls(List<? extends Runnable> works, double seconds) {
        List<List<Double>> times = new ArrayList<>();
        works.forEach(work -> times.add(new ArrayList<>()));
        double end = System.nanoTime() + seconds * 1e9;
        do {
            for (int i = 0; i < works.size(); i++) {
                double turnEnd = System.nanoTime() + TURN_NANOS;
                do {
                    long start = System.nanoTime();
                    works.get(i).run();
                    times.get(i).add((System.nanoTime() - start) / 1e6);
                } while (System.nanoTime() < turnEnd);
            }
        } while (System.nanoTime() < end);
        return times;
    }
}
