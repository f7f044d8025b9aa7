package io.github.tornadoctc.benchmarks.golden;

import static io.github.tornadoctc.benchmarks.golden.GoldenInput.gaussian;
import static io.github.tornadoctc.benchmarks.golden.GoldenInput.random;

import io.github.tornadoctc.Reduction;
import java.util.List;

/**
 * Cases of log-probabilities. All agree on the losses. libtorch's gradient takes them for the output of a log-softmax
 * and is exp(score) − posterior; the derivative of what it returns as a loss is −posterior.
 */
final class GoldenLogProbs {

    private GoldenLogProbs() {}

    static List<GoldenInput> all() {
        return List.of(
                random("normalised", 6, 4, 3).normalisedLogProbs(),
                random("normalised, batch, ragged", 6, 4, 2, 0, 3)
                        .frames(6, 3, 5)
                        .normalisedLogProbs(),
                gaussian("normalised, blank last, repeats", 7, 3, new int[] {0, 0, 1})
                        .blank(2)
                        .normalisedLogProbs(),
                random("normalised, peaked", 6, 4, 2).scaled(20).normalisedLogProbs(),
                random("normalised, MEAN", 6, 4, 2, 1).reduction(Reduction.MEAN).normalisedLogProbs(),
                gaussian("normalised, zeroInfinity", 3, 3, new int[] {1}, new int[] {2, 2, 2})
                        .zeroInfinity()
                        .normalisedLogProbs(),
                gaussian("normalised, T=1", 1, 3, new int[] {2}).normalisedLogProbs(),
                random("raw logits", 8, 5, 3).logProbs(),
                // the loss of this one is negative
                random("raw logits, positive", 8, 5, 3).affine(1, 2).logProbs(),
                random("raw logits, SUM", 5, 4, 2, 2).reduction(Reduction.SUM).logProbs(),
                random("half of each probability", 6, 4, 2).normalisedLogProbs().affine(1, Math.log(0.5)));
    }
}
