package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Losses and statuses of a batch's B utterances, the reduced loss, and the gradient if it was asked for.
 *
 * <p>The gradient has the shape and layout of the batch's scores and is the derivative of the reduced loss (with
 * {@link Reduction#NONE}, of each utterance's own): float32, element (t, b, v) at
 * {@link CtcBatch#rowOffset}{@code (t, b) + v}. It is exactly 0 past an utterance's frames, and everywhere in an
 * utterance whose status is not {@link CtcStatus#OK}.
 */
public final class CtcResult {
    /** How many losses {@link #toString} lists. */
    private static final int LISTED = 8;
    /** Wide enough for any vector load of a CPU and any DMA engine's preference. */
    private static final long GRADIENT_ALIGNMENT = 64;

    private final double[] losses;
    private final CtcStatus[] statuses;
    private final @Nullable MemorySegment gradient;
    private double reduced;

    private CtcResult(int batchSize, @Nullable MemorySegment gradient) {
        this.losses = new double[batchSize];
        this.statuses = new CtcStatus[batchSize];
        this.gradient = gradient;
        Arrays.fill(statuses, CtcStatus.OK);
    }

    /**
     * Makes room for the result of a batch. The gradient's is off-heap, and freed when nothing refers to it. A batch whose
     * scores are on a device has its gradient there too, so its result has none.
     */
    public static CtcResult allocate(CtcBatch batch, CtcOptions options) {
        if (!options.gradient() || !batch.hasScores()) {
            return new CtcResult(batch.batchSize(), null);
        }
        MemorySegment gradient = Arena.ofAuto().allocate(batch.scores().byteSize(), GRADIENT_ALIGNMENT);
        return new CtcResult(batch.batchSize(), gradient);
    }

    /**
     * Makes room for the result of a batch, with the caller's memory for the gradient.
     *
     * @param gradient as many bytes as the batch's scores have, off-heap, at an address that is a multiple of 4, in an arena
     *     that is not confined to one thread
     * @throws IllegalArgumentException if it is not so
     * @throws IllegalStateException if the batch's scores are on a device
     */
    public static CtcResult withGradientIn(MemorySegment gradient, CtcBatch batch) {
        if (!gradient.isNative() || gradient.byteSize() != batch.scores().byteSize()) {
            throw new IllegalArgumentException("gradient has %d bytes%s, but the scores have %d"
                    .formatted(
                            gradient.byteSize(),
                            gradient.isNative() ? "" : " on the heap",
                            batch.scores().byteSize()));
        }
        if (gradient.address() % Float.BYTES != 0) {
            throw new IllegalArgumentException("gradient is at address 0x%x, which is not a multiple of %d"
                    .formatted(gradient.address(), Float.BYTES));
        }
        Confinement.check("gradient", gradient);
        return new CtcResult(batch.batchSize(), gradient);
    }

    /** B. */
    public int batchSize() {
        return losses.length;
    }

    /** −ln p(target | scores) of utterance b, in nats. */
    public double loss(int b) {
        return losses[b];
    }

    /** All B losses, in a new array. */
    public double[] losses() {
        return losses.clone();
    }

    /** What became of utterance b. */
    public CtcStatus status(int b) {
        return statuses[b];
    }

    /** All B statuses. */
    public List<CtcStatus> statuses() {
        return List.of(statuses);
    }

    /** The losses reduced as the options said; with {@link Reduction#NONE}, their sum. */
    public double reduced() {
        return reduced;
    }

    /** Whether there is a gradient. */
    public boolean hasGradient() {
        return gradient != null;
    }

    /**
     * The gradient, in the shape and layout of the scores.
     *
     * @throws IllegalStateException if none was asked for
     */
    public MemorySegment gradient() {
        if (gradient == null) {
            throw new IllegalStateException("the options asked for no gradient");
        }
        return gradient;
    }

    /**
     * Element (t, b, v) of the gradient of {@code batch}, whose result this is.
     *
     * @throws IllegalStateException if none was asked for
     */
    public float gradient(CtcBatch batch, int t, int b, int v) {
        return gradient().getAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(t, b) + v);
    }

    /**
     * For backends: checks that this result has room for what is about to be computed.
     *
     * @throws IllegalArgumentException if it has not
     */
    public void checkFits(CtcBatch batch, CtcOptions options) {
        if (losses.length != batch.batchSize()) {
            throw new IllegalArgumentException(
                    "result is of a batch of %d, not of %d".formatted(losses.length, batch.batchSize()));
        }
        if (options.gradient() && !batch.hasScores()) {
            throw new IllegalArgumentException("batch has its scores on a device, so no backend can compute it;"
                    + " tasks in the graph that makes the scores can");
        }
        if (options.gradient()
                && (gradient == null || gradient.byteSize() != batch.scores().byteSize())) {
            throw new IllegalArgumentException("result has %d bytes for the gradient, but the scores have %d"
                    .formatted(
                            gradient == null ? 0 : gradient.byteSize(),
                            batch.scores().byteSize()));
        }
    }

    /**
     * For backends: records the loss of utterance b as it came out of the recursion. Of logits no loss is negative: one
     * that is came of rounding, and becomes 0. −ln 1 is 0, not −0.
     */
    public void set(int b, CtcStatus status, double loss, CtcOptions options) {
        statuses[b] = status;
        losses[b] = switch (status) {
            case OK -> options.scores() == Scores.LOGITS ? Math.max(loss, 0.0) : loss + 0.0;
            case INFEASIBLE -> options.zeroInfinity() ? 0.0 : Double.POSITIVE_INFINITY;
            case NON_FINITE -> Double.NaN;
        };
    }

    /** For backends: computes the reduced loss, once every utterance is set. */
    public void reduce(CtcBatch batch, CtcOptions options) {
        double sum = 0;
        for (int b = 0; b < losses.length; b++) {
            sum += losses[b] * options.reduction().weight(batch, b);
        }
        reduced = sum;
    }

    /** The first losses and statuses that are not OK, and whether there is a gradient. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("CtcResult[B=%d, losses ".formatted(losses.length));
        for (int b = 0; b < Math.min(losses.length, LISTED); b++) {
            text.append(b == 0 ? "" : ", ").append(losses[b]);
            if (statuses[b] != CtcStatus.OK) {
                text.append(' ').append(statuses[b]);
            }
        }
        text.append(losses.length > LISTED ? ", …" : "");
        return text.append(", reduced %s, %s gradient]".formatted(reduced, gradient == null ? "no" : "with"))
                .toString();
    }
}
