package io.github.tornadoctc.compare;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.ScoreType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Computes a batch on several backends and holds the result of each against the double reference, whose tables are
 * computed once for all of them. {@link ResultComparison#of} compares a result that there is already.
 *
 * <p>Beside the results, memory is needed for the tables of as many utterances as there are processors, 32·T·(2U+1)
 * + 16·T·V bytes each; statistics are gathered as the elements of the gradient come by.
 */
public final class Comparison {
    /** Computes a second time, bitwise compared, unless that would take long. */
    public static final int REPEAT_IF_QUICK = 0;

    /** Hears how far a comparison is, from any thread. */
    public interface Progress {
        /** One of the steps is done: a backend has computed, or an utterance has been compared. */
        void step();
    }

    private final CtcBatch batch;
    private final CtcOptions options;
    private final Progress progress;

    private Comparison(CtcBatch batch, CtcOptions options, Progress progress) {
        this.batch = batch;
        this.options = options.withGradient(true);
        this.progress = progress;
    }

    /** The number of steps that a comparison reports. */
    public static int steps(CtcBatch batch, List<?> backends) {
        return backends.size() + batch.batchSize();
    }

    /**
     * Compares losses, statuses and gradients.
     *
     * @param options what to compute, always with a gradient, of float32 whatever the scores are
     * @return one comparison per backend, in their order, but for those that have no room for the batch
     * @throws IllegalStateException if a backend fails, naming it
     */
    public static List<BackendComparison> of(
            CtcBatch batch, CtcOptions options, List<CtcBackend> backends, Progress progress) {
        List<Candidate> candidates = backends.stream().map(Candidate::of).toList();
        return of(batch, options, candidates, new Effort(REPEAT_IF_QUICK, false), progress)
                .backends();
    }

    /**
     * How much to do.
     *
     * @param repeat how many times to compute, or {@link #REPEAT_IF_QUICK}
     * @param heatMaps whether heat maps are wanted, for which the worst utterance's truth is computed again
     * @param seconds to time each backend for after that, see {@link io.github.tornadoctc.timing.Stopwatch}; 0 to tell what the
     *     last of those computations took, which is not steady
     */
    public record Effort(int repeat, boolean heatMaps, double seconds) {
        /** Nothing is timed. */
        public Effort(int repeat, boolean heatMaps) {
            this(repeat, heatMaps, 0);
        }
    }

    /**
     * Compares losses, statuses, gradients, and the bits of repeated computations. A backend whose device has no room for
     * the batch is left out, and the others are compared.
     *
     * @param options what to compute, always with a gradient, of float32 whatever the scores are
     * @return with one comparison per backend, in their order
     * @throws IllegalStateException if a backend fails, naming it
     */
    public static BatchComparison of(
            CtcBatch batch, CtcOptions options, List<Candidate> candidates, Effort effort, Progress progress) {
        return new Comparison(batch, options, progress).compare(candidates, effort);
    }

    private BatchComparison compare(List<Candidate> candidates, Effort effort) {
        List<Repetition> computed = new ArrayList<>();
        List<SkippedBackend> unfit = new ArrayList<>();
        CtcResult spare = CtcResult.allocate(batch, options, ScoreType.FLOAT32);
        for (Candidate candidate : candidates) {
            try {
                computed.add(new Repetition(candidate, batch, options).run(effort, spare));
            } catch (BatchTooLargeException e) {
                unfit.add(new SkippedBackend(candidate.label(), String.valueOf(e.getMessage())));
            }
            progress.step();
        }
        List<CtcResult> results = computed.stream().map(Repetition::result).toList();
        List<GradientErrors> errors = computed.stream()
                .map(each -> new GradientErrors(batch.timeSteps()))
                .toList();
        List<Utterance> utterances = IntStream.range(0, batch.batchSize())
                .parallel()
                .mapToObj(b -> compare(b, results, errors))
                .toList();
        List<BackendComparison> backends = new ArrayList<>();
        for (int i = 0; i < computed.size(); i++) {
            int index = i;
            List<Deviation> deviations =
                    utterances.stream().map(each -> each.deviations.get(index)).toList();
            BackendComparison backend = computed.get(i).compared(deviations, errors.get(i));
            backends.add(effort.heatMaps() ? withHeatMap(backend, results.get(i)) : backend);
        }
        return new BatchComparison(
                utterances.stream().collect(groupingBy(Utterance::status, TreeMap::new, counting())),
                utterances.stream().map(Utterance::disagreement).reduce(Worst.NONE, Worst::or),
                backends,
                unfit);
    }

    private record Utterance(CtcStatus status, Worst disagreement, List<Deviation> deviations) {}

    private Utterance compare(int b, List<CtcResult> results, List<GradientErrors> errors) {
        UtteranceTruth truth = new UtteranceTruth(batch, b, options);
        Utterance utterance =
                new Utterance(truth.status(), truth.disagreement(), UtteranceComparison.of(truth, results, errors));
        progress.step();
        return utterance;
    }

    private BackendComparison withHeatMap(BackendComparison backend, CtcResult result) {
        Worst worst = backend.overall().gradient();
        return worst.isSomewhere()
                ? backend.withHeatMap(
                        HeatMap.of(new UtteranceTruth(batch, worst.at().b(), options), result))
                : backend;
    }
}
