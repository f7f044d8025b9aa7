package io.github.tornadoctc.cpu.align;

import io.github.tornadoctc.Wildcards;

/**
 * What one frame emits: by slot of {@link TargetPairs} the score of its symbol, less the largest of the frame. That is
 * the same number on every backend, being the difference of two floats in double.
 */
final class Emissions {
    final double[] slot;
    /** What the frame costs in a wildcard. */
    double wildcard;

    private final RowSums sums;
    private final ScoreRows rows;
    private final TargetPairs target;
    private final Wildcards.Cost cost;

    Emissions(RowSums sums, ScoreRows rows, TargetPairs target, Wildcards.Cost cost) {
        this.sums = sums;
        this.rows = rows;
        this.target = target;
        this.cost = cost;
        this.slot = new double[target.slots];
        slot[target.slots - 1] = Double.NEGATIVE_INFINITY;
    }

    void read(int t) {
        double reference = rows.reference(t);
        if (target.dense) {
            sums.differences(rows, t, slot);
        } else {
            for (int k = 0; k < target.symbolOf.length; k++) {
                slot[k] = rows.score(t, target.symbolOf[k]) - reference;
            }
        }
        if (target.hasWildcards) {
            wildcard = cost.relative(rows.largest[t], rows.logits ? Math.log(rows.sum[t]) : -reference);
        }
    }
}
