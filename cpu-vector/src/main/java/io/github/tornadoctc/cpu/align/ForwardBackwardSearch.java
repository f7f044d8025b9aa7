package io.github.tornadoctc.cpu.align;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import java.util.Arrays;

/**
 * γ of one utterance, in double with an exponent for every state. α is kept at the beginning of each of √T segments and
 * computed again where β comes back through it, so that memory is little beside the result.
 */
public final class ForwardBackwardSearch {
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN_2 = 0.6931471805599453;

    /** So that exponents of a million frames add up to less than a long: what is less likely is as likely as this. */
    private static final double LOWEST = -1e12;

    private final ScoreRows rows;
    private final int states;
    private final int[] symbolOf;
    private final int[] slotOf;
    private final boolean[] maySkip;
    private final StateRow emission;
    private final StateRow alpha;
    private final StateRow beta;
    private final StateRow joint;
    private final int segmentFrames;

    /**
     * A search over utterance b of a batch.
     *
     * @param rows its rows, which have been looked over and are finite
     */
    public ForwardBackwardSearch(CtcBatch batch, int b, ScoreRows rows) {
        int[] target = batch.target(b);
        this.rows = rows;
        this.states = 2 * target.length + 1;
        this.symbolOf = TargetPairs.distinct(target, batch.blank());
        this.slotOf = new int[states];
        this.maySkip = new boolean[states + 2];
        for (int s = 0; s < states; s++) {
            boolean label = s % 2 == 1;
            slotOf[s] = Arrays.binarySearch(symbolOf, label ? target[s / 2] : batch.blank());
            maySkip[s] = label && s > 1 && target[s / 2] != target[s / 2 - 1];
        }
        this.emission = new StateRow(symbolOf.length);
        this.alpha = new StateRow(states);
        this.beta = new StateRow(states);
        this.joint = new StateRow(states);
        this.segmentFrames = (int) Math.max(1, Math.ceil(Math.sqrt(rows.count())));
    }

    /**
     * Fills in γ.
     *
     * @param gamma {@code [T_b][S]}, see {@link CtcOccupation#allocate}
     * @return false if no path collapses to the target; then it is not filled in
     */
    public boolean fill(float[] gamma) {
        int frames = rows.count();
        StateRow[] checkpoints = new StateRow[Math.ceilDiv(frames, segmentFrames)];
        alpha.clear();
        alpha.set(0, 1, 0);
        for (int t = 0; t < frames; t++) {
            if (t % segmentFrames == 0) {
                checkpoints[t / segmentFrames] = copy(alpha);
            }
            advance(t);
        }
        if (alpha.mantissa[states - 1] == 0 && (states == 1 || alpha.mantissa[states - 2] == 0)) {
            return false;
        }
        beta.clear();
        beta.set(states - 1, 1, 0);
        StateRow[] table = new StateRow[Math.min(segmentFrames, frames)];
        Arrays.setAll(table, i -> new StateRow(states));
        for (int segment = checkpoints.length - 1; segment >= 0; segment--) {
            int from = segment * segmentFrames;
            int to = Math.min(frames, from + segmentFrames);
            alpha.load(checkpoints[segment]);
            for (int t = from; t < to; t++) {
                advance(t);
                table[t - from].load(alpha);
            }
            for (int t = to - 1; t >= from; t--) {
                retreat(t, table[t - from], gamma);
            }
        }
        return true;
    }

    private StateRow copy(StateRow original) {
        StateRow copy = new StateRow(states);
        copy.load(original);
        return copy;
    }

    /** The emissions of a frame, up to a factor that all its states have in common. */
    private void readEmissions(int t) {
        double reference = rows.reference(t);
        for (int k = 0; k < symbolOf.length; k++) {
            double difference = rows.score(t, symbolOf[k]) - reference;
            if (difference == Double.NEGATIVE_INFINITY) {
                emission.set(k, 0, 0);
            } else {
                double within = Math.max(difference, LOWEST);
                double power = Math.rint(within * LOG2_E);
                // beyond ±2^20 the remainder is rounded as the difference itself was not; it only has to be small
                double remainder = Math.clamp(within - power * LN_2, -1.0, 1.0);
                emission.set(k, Math.exp(remainder), (long) power);
            }
        }
    }

    /** Equation 6: α of frame t, its emission included, from that of the frame before. */
    private void advance(int t) {
        readEmissions(t);
        double[] m = alpha.mantissa;
        long[] e = alpha.exponent;
        for (int s = (int) Math.min(states - 1L, 2L * t + 1); s >= 0; s--) {
            long e1 = s >= 1 ? e[s - 1] : StateRow.EMPTY;
            long e2 = maySkip[s] ? e[s - 2] : StateRow.EMPTY;
            long top = Math.max(e[s], Math.max(e1, e2));
            double sum = m[s] * StateRow.powerOfTwo(e[s] - top);
            sum += s >= 1 ? m[s - 1] * StateRow.powerOfTwo(e1 - top) : 0;
            sum += maySkip[s] ? m[s - 2] * StateRow.powerOfTwo(e2 - top) : 0;
            int slot = slotOf[s];
            alpha.set(s, sum * emission.mantissa[slot], top + emission.exponent[slot]);
        }
    }

    /** Equations 10 and 14: β of frame t, and γ of it, divided by its sum over the states. */
    private void retreat(int t, StateRow alphaAt, float[] gamma) {
        readEmissions(t);
        double[] m = beta.mantissa;
        long[] e = beta.exponent;
        long highest = StateRow.EMPTY;
        for (int s = 0; s < states; s++) {
            boolean skips = maySkip[s + 2];
            long e1 = s + 1 < states ? e[s + 1] : StateRow.EMPTY;
            long e2 = skips ? e[s + 2] : StateRow.EMPTY;
            long top = Math.max(e[s], Math.max(e1, e2));
            double sum = m[s] * StateRow.powerOfTwo(e[s] - top);
            sum += s + 1 < states ? m[s + 1] * StateRow.powerOfTwo(e1 - top) : 0;
            sum += skips ? m[s + 2] * StateRow.powerOfTwo(e2 - top) : 0;
            joint.set(s, sum * alphaAt.mantissa[s], top + alphaAt.exponent[s]);
            highest = Math.max(highest, joint.exponent[s]);
            int slot = slotOf[s];
            beta.set(s, sum * emission.mantissa[slot], top + emission.exponent[slot]);
        }
        double total = 0;
        for (int s = 0; s < states; s++) {
            joint.mantissa[s] *= StateRow.powerOfTwo(joint.exponent[s] - highest);
            total += joint.mantissa[s];
        }
        for (int s = 0; s < states; s++) {
            gamma[t * states + s] = (float) (joint.mantissa[s] / total);
        }
    }
}
