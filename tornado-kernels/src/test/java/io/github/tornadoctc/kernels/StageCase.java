package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;

/** What the kernels are tested on one by one: few batches, since a device compiles every kernel for each. */
enum StageCase {
    /** Short rows share a group; emissions of all symbols; repeated labels, an empty target, a shorter utterance. */
    ALPHABET(1024, Scores.LOGITS, Reduction.NONE) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(24, 3, 7, 8)
                    .target(0, 1, 1, 2, 1, 6, 6, 1, 3)
                    .target(1)
                    .frames(2, 17)
                    .build(Layout.TIME_MAJOR);
        }
    },
    /** More symbols than lanes to a row; emissions of the target's labels; gradients of a mean. */
    VOCABULARY(1024, Scores.LOGITS, Reduction.MEAN) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(11, 2, 300, 5).frames(1, 10).build(Layout.BATCH_MAJOR);
        }
    },
    /** A whole group to a row; thousands of symbols beside one that is nearly certain. */
    LARGE_VOCABULARY(1024, Scores.LOGITS, Reduction.NONE) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(5, 2, 5003, 2).column(0, 15).frames(1, 4).build(Layout.TIME_MAJOR);
        }
    },
    /** Log-probabilities, which are no softmax of anything here. */
    LOG_PROBABILITIES(1024, Scores.LOG_PROBS, Reduction.NONE) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(16, 2, 5, 4).build(Layout.TIME_MAJOR);
        }
    },
    /** Three blocks of lanes to a target. */
    BLOCKS(8, Scores.LOGITS, Reduction.NONE) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(45, 2, 6, 20).frames(1, 44).build(Layout.TIME_MAJOR);
        }
    },
    /** Too few frames, no frames, NaN in a frame and +∞ in the next, a frame of nothing but masked symbols. */
    EXCEPTIONS(1024, Scores.LOGITS, Reduction.NONE) {
        @Override
        CtcBatch batch() {
            return new SmallBatch(6, 5, 5, 3)
                    .frames(0, 2)
                    .frames(1, 0)
                    .row(5 + 2, Float.NaN)
                    .score(2 * 5 + 2, 3, Float.POSITIVE_INFINITY)
                    .row(5 + 3, Float.NEGATIVE_INFINITY)
                    .build(Layout.TIME_MAJOR);
        }
    };

    private final int mostLanes;
    private final Scores scores;
    private final Reduction reduction;

    StageCase(int mostLanes, Scores scores, Reduction reduction) {
        this.mostLanes = mostLanes;
        this.scores = scores;
        this.reduction = reduction;
    }

    /** The batch; each call makes the same one. */
    abstract CtcBatch batch();

    /** What is computed of it, with gradient. */
    CtcOptions options() {
        return CtcOptions.defaults().withScores(scores).withReduction(reduction);
    }

    /** Work-items of a group of a recursion, at most. */
    int mostLanes() {
        return mostLanes;
    }
}
