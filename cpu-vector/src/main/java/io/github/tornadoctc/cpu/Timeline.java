package io.github.tornadoctc.cpu;

/**
 * What the recursion needs to know of all rows: whether they are finite, the product of their normalisers, and how
 * frames are grouped. Frames between two rescalings are a <em>period</em>; a <em>segment</em> is a number of
 * whole periods whose α fits the cache, kept while β comes back through it.
 */
final class Timeline {
    /** What a segment's table may take, in doubles: 384 KB, well within the second-level cache of one core. */
    private static final int SEGMENT_DOUBLES = 48 * 1024;

    private static final double LOG2_E = 1.4426950408889634;
    /** The product of normalisers is brought back to [1, 2) beyond this; a single one is at most V < 2^31. */
    private static final double LARGE = 0x1p900;

    int count;
    int segmentFrames;
    int segments;
    /** First frame of each period, and T_b after the last. */
    int[] periodStart = {};
    /** First period of each segment, and the number of periods after the last. */
    int[] segmentPeriod = {};

    int periods;
    /** Binary orders of magnitude that each frame's emissions may lose. */
    private int[] bits = {};

    int mostPeriodsInSegment;

    /** Whether there is no NaN, no +∞, and no row of nothing but masked logits. */
    boolean finite;
    /** Whether every emission of the target's symbols keeps within {@link Rescaling}'s budget of a period. */
    boolean linear;
    /** Logits: the product of normalisers is product · 2^productExponent. */
    double product;

    long productExponent;
    /** Log-probabilities: the sum of what emissions are relative to. */
    double reference;

    /** Reads the rows' results. */
    void read(Frames frames, Target target) {
        count = frames.count;
        bits = Grow.atLeast(bits, count);
        finite = true;
        linear = true;
        product = 1;
        productExponent = 0;
        reference = 0;
        for (int t = 0; t < count; t++) {
            normalise(frames, t);
            bits[t] = lostBits(frames, target, t);
            linear &= bits[t] <= Rescaling.DEPTH;
        }
        int exponent = Math.getExponent(product);
        product = Math.scalb(product, -exponent);
        productExponent += exponent;
    }

    /** Divides the frames into segments, whose tables have so many doubles for each pair of states. */
    void divide(Target target, int tables) {
        int most = SEGMENT_DOUBLES / (tables * target.lanes) / Rescaling.PERIOD * Rescaling.PERIOD;
        segmentFrames = Math.max(most, Rescaling.PERIOD);
        segments = (count + segmentFrames - 1) / segmentFrames;
    }

    /** Divides the frames into segments and periods for {@link LinearRecursion}. */
    void group(Target target) {
        divide(target, Lattice.tables(target));
        periodStart = Grow.atLeast(periodStart, count + 1L);
        segmentPeriod = Grow.atLeast(segmentPeriod, segments + 1L);
        periods = 0;
        mostPeriodsInSegment = 0;
        int lost = 0;
        for (int t = 0; t < count; t++) {
            boolean opensSegment = t % segmentFrames == 0;
            lost += bits[t];
            if (opensSegment || lost > Rescaling.DEPTH || t - periodStart[periods - 1] == Rescaling.PERIOD) {
                if (opensSegment) {
                    openSegment(t / segmentFrames);
                }
                periodStart[periods++] = t;
                lost = bits[t];
            }
        }
        openSegment(segments);
        periodStart[periods] = count;
    }

    private void openSegment(int segment) {
        segmentPeriod[segment] = periods;
        if (segment > 0) {
            mostPeriodsInSegment = Math.max(mostPeriodsInSegment, periods - segmentPeriod[segment - 1]);
        }
    }

    private void normalise(Frames frames, int t) {
        float largest = frames.largest[t];
        double sum = frames.sum[t];
        boolean masked = largest == Float.NEGATIVE_INFINITY;
        finite &= !Double.isNaN(sum) && largest != Float.POSITIVE_INFINITY && !(masked && frames.logits);
        reference += masked ? 0 : largest;
        product *= sum;
        if (product > LARGE) {
            int exponent = Math.getExponent(product);
            product = Math.scalb(product, -exponent);
            productExponent += exponent;
        }
    }

    /** Binary orders of magnitude between 1 and the least emission of the target's symbols. */
    private static int lostBits(Frames frames, Target target, int t) {
        int bits = bits(frames.largest[t] - (double) frames.least[t]);
        if (bits <= Rescaling.DEPTH / Rescaling.PERIOD || !target.dense) {
            return bits;
        }
        // the least score may be that of a symbol which is not in the target
        double least = 1;
        for (int k = 0; k < target.distinctCount; k++) {
            least = Math.min(least, frames.emission[t * target.slots + target.distinctSlot(k)]);
        }
        // 1023 for 0 and what is below the normal range, which is beyond any budget, too
        return -Math.getExponent(least);
    }

    private static int bits(double nats) {
        // NaN becomes 0: that a score is NaN shows in the row's sum
        return (int) Math.min(Math.ceil(nats * LOG2_E), Rescaling.DEPTH + 1.0);
    }

    int segmentStart(int segment) {
        return segment * segmentFrames;
    }

    int segmentEnd(int segment) {
        return Math.min(count, (segment + 1) * segmentFrames);
    }
}
