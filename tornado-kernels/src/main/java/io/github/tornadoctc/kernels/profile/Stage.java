package io.github.tornadoctc.kernels.profile;

import io.github.tornadoctc.CtcBatch;
import java.util.List;

/** The kernels in the order they run, the names of their tasks, and what each has to do for a batch. */
public enum Stage {
    /** Softmax statistics of every frame, and the softmax itself where {@link #ofSoftmax} says so. */
    ROWS("Rows"),
    /** α from the front and β from the back, to the middle frame. */
    APPROACH("Approach"),
    /** The likelihood, where no gradient is wanted. */
    LIKELIHOOD("Likelihood"),
    /** The likelihood, then α and β on through the other's half. */
    DEPART("Depart"),
    /** Softmax − posterior, of all symbols or, where there is a softmax, of the target's. */
    GRADIENT("Gradient");

    private static final int SYMBOLS_A_LABEL_OF_CACHED = 32;
    private static final int SYMBOLS_A_LABEL = 12;

    /** 64 MiB, where an H200 caches 60 MB. */
    private static final long CACHED_SCORES = 16 << 20;

    /** Of fewer the rows are too short to gain anything, and batches of short and of long targets would need two plans. */
    private static final int FEWEST_SYMBOLS = 256;

    /** What the names of tasks begin with, unless their owner has said otherwise. */
    public static final String DEFAULT_PREFIX = "ctc";

    private final String suffix;

    Stage(String suffix) {
        this.suffix = suffix;
    }

    /** The name of its task, without that of the graph. */
    public String task(String prefix) {
        return prefix + suffix;
    }

    /** Those that run, in their order. */
    public static List<Stage> of(boolean gradient) {
        return gradient ? List.of(ROWS, APPROACH, DEPART, GRADIENT) : List.of(ROWS, APPROACH, LIKELIHOOD);
    }

    /**
     * Which writes the softmax that a gradient is made of: {@link #ROWS}, which has just read the scores, or {@link
     * #GRADIENT}, which reads them again. After the former the gradient's part is what belongs to the target's symbols;
     * to change one of those, memory moves 32 bytes twice. So it is rows' where V is at least 256, and 32 times as much
     * as the labels of the longest target and the blank; or 12 times, of so many scores that a GPU's cache has forgotten
     * them when the gradient is made.
     *
     * @param rows T·B
     * @param symbols V
     * @param maxTargetLength Umax
     */
    public static Stage ofSoftmax(long rows, int symbols, int maxTargetLength) {
        long atLeast = isBeyondCache(rows, symbols) ? SYMBOLS_A_LABEL : SYMBOLS_A_LABEL_OF_CACHED;
        return symbols >= Math.max(FEWEST_SYMBOLS, atLeast * (maxTargetLength + 1L)) ? ROWS : GRADIENT;
    }

    /**
     * Whether there are so many scores that a GPU's cache has forgotten what was made of the first by the time the last have
     * been read: more than 64 MiB.
     *
     * @param rows T·B
     * @param symbols V
     */
    public static boolean isBeyondCache(long rows, int symbols) {
        return rows * symbols > CACHED_SCORES;
    }

    /** Whether it runs over the frames of an utterance one after the other. */
    public boolean isRecursion() {
        return this == APPROACH || this == DEPART;
    }

    /**
     * The frames that a {@linkplain #isRecursion recursion} does one after the other, in the longest utterance: from
     * either end to the middle frame, or from there to the other end, the middle frame included.
     */
    public int steps(CtcBatch batch) {
        int longest = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            longest = Math.max(longest, batch.inputLength(b));
        }
        return longest / 2 + Math.min(longest, 1);
    }

    /**
     * Bytes that it has to move to and from global memory: every element that it needs read once and every element
     * that it makes written once, however often the kernel does so and whatever caches hold. Lengths and labels are
     * left out, since a scan of the scores dwarfs them.
     *
     * @param gradient whether a gradient is wanted; without, the recursions keep no states
     */
    public long bytes(CtcBatch batch, boolean gradient) {
        return switch (this) {
            case ROWS -> KernelBytes.rows(batch, gradient);
            case APPROACH -> KernelBytes.approach(batch, gradient);
            case LIKELIHOOD -> KernelBytes.likelihood(batch);
            case DEPART -> KernelBytes.depart(batch);
            case GRADIENT -> KernelBytes.gradient(batch);
        };
    }
}
