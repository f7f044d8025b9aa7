package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Losses and statuses of a batch's B utterances, the reduced loss, and the gradient if it was asked for.
 *
 * <p>The gradient has the shape and layout of the batch's scores and is the derivative of the reduced loss (with
 * {@link Reduction#NONE}, of each utterance's own): of a {@link ScoreType}, element (t, b, v) at
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
    private final ScoreType gradientType;
    private double reduced;

    private CtcResult(int batchSize, @Nullable MemorySegment gradient, ScoreType gradientType) {
        this.losses = new double[batchSize];
        this.statuses = new CtcStatus[batchSize];
        this.gradient = gradient;
        this.gradientType = gradientType;
        Arrays.fill(statuses, CtcStatus.OK);
    }

    /**
     * Makes room for the result of a batch, with a gradient of the type of its scores. That is off-heap, and freed when
     * nothing refers to it. A batch whose scores are on a device has its gradient there too, so its result has none.
     */
    public static CtcResult allocate(CtcBatch batch, CtcOptions options) {
        return allocate(batch, options, batch.scoreType());
    }

    /**
     * Makes room for the result of a batch, with a gradient of that type.
     *
     * @param gradientType float32 or the type of the scores
     * @throws IllegalArgumentException if it is neither
     */
    public static CtcResult allocate(CtcBatch batch, CtcOptions options, ScoreType gradientType) {
        if (gradientType != ScoreType.FLOAT32 && gradientType != batch.scoreType()) {
            throw new IllegalArgumentException("gradientType = %s is neither FLOAT32 nor that of the scores, %s"
                    .formatted(gradientType, batch.scoreType()));
        }
        if (!options.gradient() || !batch.hasScores()) {
            return new CtcResult(batch.batchSize(), null, gradientType);
        }
        MemorySegment gradient = Arena.ofAuto().allocate(bytes(batch, gradientType), GRADIENT_ALIGNMENT);
        return new CtcResult(batch.batchSize(), gradient, gradientType);
    }

    private static long bytes(CtcBatch batch, ScoreType type) {
        return batch.scores().byteSize() / batch.scoreType().bytes() * type.bytes();
    }

    /**
     * Makes room for the result of a batch, with the caller's memory for the gradient.
     *
     * @param gradient as many elements as the batch's scores have, of their type or of float32, which its size tells;
     *     off-heap, at an address that is a multiple of an element's size, in an arena that is not confined to one thread,
     *     and apart from the scores
     * @throws IllegalArgumentException if it is not so
     * @throws IllegalStateException if the batch's scores are on a device
     */
    public static CtcResult withGradientIn(MemorySegment gradient, CtcBatch batch) {
        long bytes = batch.scores().byteSize();
        long wide = bytes(batch, ScoreType.FLOAT32);
        if (!gradient.isNative() || (gradient.byteSize() != bytes && gradient.byteSize() != wide)) {
            throw new IllegalArgumentException("gradient has %d bytes%s, but the scores have %d%s"
                    .formatted(
                            gradient.byteSize(),
                            gradient.isNative() ? "" : " on the heap",
                            bytes,
                            wide == bytes ? "" : ", and in float32 would have " + wide));
        }
        ScoreType type = gradient.byteSize() == bytes ? batch.scoreType() : ScoreType.FLOAT32;
        if (gradient.address() % type.bytes() != 0) {
            throw new IllegalArgumentException("gradient is at address 0x%x, which is not a multiple of %d"
                    .formatted(gradient.address(), type.bytes()));
        }
        Confinement.check("gradient", gradient);
        checkIsApart(gradient, batch.scores());
        return new CtcResult(batch.batchSize(), gradient, type);
    }

    /** A backend may read scores after it has begun to write the gradient. */
    private static void checkIsApart(MemorySegment gradient, MemorySegment scores) {
        Optional<MemorySegment> common = gradient.asOverlappingSlice(scores);
        if (common.isPresent()) {
            throw new IllegalArgumentException(
                    "gradient has %d bytes in common with the scores, from its byte %d on; give it memory of its own"
                            .formatted(common.get().byteSize(), common.get().address() - gradient.address()));
        }
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

    /** What the gradient is stored as. */
    public ScoreType gradientType() {
        return gradientType;
    }

    /**
     * Element (t, b, v) of the gradient of {@code batch}, whose result this is.
     *
     * @throws IllegalStateException if none was asked for
     */
    public float gradient(CtcBatch batch, int t, int b, int v) {
        return gradientType.get(gradient(), batch.rowOffset(t, b) + v);
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
        if (options.gradient() && gradientType != ScoreType.FLOAT32 && gradientType != batch.scoreType()) {
            throw new IllegalArgumentException(
                    "result has a gradient of %s, but the scores are %s".formatted(gradientType, batch.scoreType()));
        }
        if (options.gradient() && (gradient == null || gradient.byteSize() != bytes(batch, gradientType))) {
            throw new IllegalArgumentException("result has %d bytes for the gradient, but the scores have %d"
                    .formatted(gradient == null ? 0 : gradient.byteSize(), bytes(batch, gradientType)));
        }
        if (options.gradient()) {
            checkIsApart(gradient(), batch.scores());
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
