package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Stopwatch;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The program: losses of many hypotheses for each utterance, beside as many calls for the loss of a batch, each with other
 * targets. They are the same losses to the bit, or nothing is timed.
 */
public final class RescoringReport {
    private static final List<CtcShape> SHAPES = List.of(
            new CtcShape("", 250, 4, 32, 40), new CtcShape("", 250, 4, 1000, 40), new CtcShape("", 250, 4, 5000, 40));

    private RescoringReport() {}

    /**
     * Prints a table.
     *
     * @param args backend, hypotheses of each utterance, seconds a measurement, threads
     */
    public static void main(String[] args) {
        String name = args.length > 0 ? args[0] : "cpu";
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : Integer.MAX_VALUE;
        try (CtcBackend backend =
                CtcBackends.open(name, CtcConfiguration.defaults().withMaxThreads(threads))) {
            System.out.printf("%s: %s, %d hypotheses%n", name, backend.device(), count);
            System.out.printf("%5s %3s %6s %4s %12s %12s%n", "T", "B", "V", "U", "together ms", "calls ms");
            for (CtcShape shape : SHAPES) {
                print(backend, shape, count, new Stopwatch(seconds));
            }
        }
    }

    private static void print(CtcBackend backend, CtcShape shape, int count, Stopwatch stopwatch) {
        CtcBatch batch = shape.randomBatch(1);
        int[][][] targets = targets(batch, count);
        CtcBatch[] single = new CtcBatch[count];
        for (int n = 0; n < count; n++) {
            int[][] these = new int[batch.batchSize()][];
            for (int b = 0; b < these.length; b++) {
                these[b] = targets[b][n];
            }
            single[n] = batch.withTargets(these);
        }
        CtcRescorer rescorer = backend.operation(CtcRescorer.class).orElseThrow();
        CtcHypotheses hypotheses = CtcHypotheses.of(batch, targets);
        CtcResult result = CtcResult.allocate(batch, Mode.LOSS.options());
        check(backend, single, result, rescorer.losses(hypotheses, Scores.LOGITS));
        double together = stopwatch
                .time(() -> rescorer.losses(hypotheses, Scores.LOGITS))
                .milliseconds()
                .median();
        double calls = stopwatch
                .time(() -> {
                    for (CtcBatch each : single) {
                        backend.compute(each, Mode.LOSS.options(), result);
                    }
                })
                .milliseconds()
                .median();
        System.out.printf(
                Locale.ROOT,
                "%5d %3d %6d %4d %12.2f %12.2f%n",
                shape.timeSteps(),
                shape.batchSize(),
                shape.symbols(),
                shape.maxTargetLength(),
                together,
                calls);
    }

    /** The utterance's own target with every eighth label, or so, another one: as hypotheses of a decoder are alike. */
    private static int[][][] targets(CtcBatch batch, int count) {
        Random random = new Random(2);
        int[][][] targets = new int[batch.batchSize()][count][];
        for (int b = 0; b < targets.length; b++) {
            for (int n = 0; n < count; n++) {
                targets[b][n] = batch.target(b);
                for (int u = random.nextInt(8); u < targets[b][n].length; u += 1 + random.nextInt(15)) {
                    targets[b][n][u] = 1 + random.nextInt(batch.symbols() - 1);
                }
            }
        }
        return targets;
    }

    private static void check(CtcBackend backend, CtcBatch[] single, CtcResult result, double[][] losses) {
        for (int n = 0; n < single.length; n++) {
            backend.compute(single[n], Mode.LOSS.options(), result);
            for (int b = 0; b < losses.length; b++) {
                if (losses[b][n] != result.loss(b)) {
                    throw new IllegalStateException(
                            "hypothesis %d of utterance %d has another loss than as a target".formatted(n, b));
                }
            }
        }
    }
}
