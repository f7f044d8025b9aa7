package io.github.tornadoctc.cpu;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When this JVM goes over from scalar kernels to vectors. Interpreted, the Vector API makes an object of every vector, and
 * takes a hundred times as long as it does compiled; the scalar loops are compiled within milliseconds. A JVM that only
 * computes a batch or two never wants vectors. One that has computed for {@value #WORTH_SECONDS} s is taken for one that
 * will go on: a thread of its own then computes small batches of its own with vectors until they are compiled and are
 * the faster ones, and from there on everything is computed with them. Both kinds give the same bits, so nobody notices.
 */
final class WarmUp {
    /** That of this JVM: code is compiled once for all backends. */
    static final WarmUp OF_THIS_JVM = new WarmUp();

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** About as long as warming up takes, so that nobody pays more than twice for not knowing the future. */
    private static final double WORTH_SECONDS = 1;

    /** Rounds in a row that have to be as fast as the fastest: the compiler may still be at something. */
    private static final int STEADY_ROUNDS = 20;
    /** What is not slower than this many times the fastest is as fast. */
    private static final double AS_FAST = 1.3;

    private static final long MOST_NANOS = 60_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().name("tornadoctc-warm-up").daemon().unstarted(this::warmUp);
    private boolean begun;
    private volatile boolean warm;

    private WarmUp() {}

    /** What is the faster now. */
    Kernels kernels() {
        return warm ? Kernels.VECTOR : Kernels.SCALAR;
    }

    /** Counts what a call has taken. */
    void count(long nanosOfCall) {
        if (!warm && nanos.addAndGet(nanosOfCall) > WORTH_SECONDS * 1e9) {
            begin();
        }
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            thread.start();
        }
    }

    /** Warms up now, if it has not been done; returns when it has. */
    void await() {
        begin();
        try {
            thread.join();
        } catch (InterruptedException e) {
            // then as fast as it is
            Thread.currentThread().interrupt();
        }
    }

    private void warmUp() {
        long start = System.nanoTime();
        int rounds = 0;
        try (CpuCtc scalar = new CpuCtc(1, Runnable::run, Kernels.SCALAR);
                CpuCtc vector = new CpuCtc(1, Runnable::run, Kernels.VECTOR)) {
            List<Work> works = works();
            double best = Double.POSITIVE_INFINITY;
            int steady = 0;
            while (steady < STEADY_ROUNDS && System.nanoTime() - start < MOST_NANOS) {
                double byScalar = round(works, scalar);
                double byVector = round(works, vector);
                best = Math.min(best, byVector);
                steady = byVector < byScalar && byVector < AS_FAST * best ? steady + 1 : 0;
                rounds++;
            }
            warm = steady == STEADY_ROUNDS;
        }
        LOG.info(
                "cpu kernels: {} from now on, after {} rounds and {} ms",
                kernels().description(),
                rounds,
                (System.nanoTime() - start) / 1_000_000);
    }

    private static double round(List<Work> works, CpuCtc backend) {
        long start = System.nanoTime();
        for (Work work : works) {
            work.on(backend);
        }
        return System.nanoTime() - start;
    }

    private interface Work {
        void on(CpuCtc backend);
    }

    /** Every pass: few symbols and many, whole vectors and rests, flat scores and peaked ones, masked ones, repeats. */
    private static List<Work> works() {
        List<Work> works = new ArrayList<>();
        Random random = new Random(1);
        for (int symbols : new int[] {29, 200}) {
            for (double spread : new double[] {1, 100}) {
                CtcBatch batch = batch(random, symbols, spread);
                for (Scores scores : Scores.values()) {
                    for (boolean gradient : new boolean[] {true, false}) {
                        CtcOptions options =
                                CtcOptions.defaults().withScores(scores).withGradient(gradient);
                        CtcResult result = CtcResult.allocate(batch, options);
                        works.add(backend -> backend.compute(batch, options, result));
                    }
                    AlignmentOptions alignment = AlignmentOptions.defaults().withScores(scores);
                    works.add(backend ->
                            backend.operation(CtcAligner.class).orElseThrow().align(batch, alignment));
                    works.add(backend ->
                            backend.operation(CtcPosteriors.class).orElseThrow().posteriors(batch, scores));
                }
            }
        }
        return works;
    }

    private static CtcBatch batch(Random random, int symbols, double spread) {
        float[] scores = new float[40 * 2 * symbols];
        for (int at = 0; at < scores.length; at++) {
            boolean masked = spread > 1 && random.nextInt(50) == 0;
            scores[at] = masked ? Float.NEGATIVE_INFINITY : (float) (spread * random.nextGaussian());
        }
        return CtcBatch.builder(40, 2, symbols)
                .scores(scores)
                .inputLengths(40, 33)
                .targets(random.ints(17, 1, symbols).toArray(), new int[] {1, 1, 2, 3, 3, 1})
                .build();
    }
}
