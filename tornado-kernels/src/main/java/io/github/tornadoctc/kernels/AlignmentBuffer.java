package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.DeviceBuffer.Element;
import java.util.List;

/** Every buffer of an alignment, what it holds and how large it is. */
enum AlignmentBuffer implements DeviceBuffer {
    /** The scores, {@code [T][B][V]} or {@code [B][T][V]}. */
    SCORES(Element.FLOAT, false),
    /** See {@link BatchDescription}. */
    DESCRIPTION(Element.INT, false),
    /** {@code [B][pairs]}: where wildcards stand. */
    WILDCARDS(Element.INT, false),
    /** What a frame in a wildcard costs, and whether there are any. */
    COST(Element.DOUBLE, false),

    /** {@code [T][B]}: the largest score of a row. */
    ROW_MAX(Element.FLOAT, true),
    /** {@code [T][B]}: one over the sum of a row's exponentials, {@link RowKernel#NO_SUM} if it is not finite. */
    ROW_INVERSE_SUM(Element.FLOAT, true),
    /** {@code [T][B]}: the logarithm of that for logits, see {@link Normaliser}. */
    ROW_NORMALISER(Element.FLOAT, true),
    /** None: an alignment reads the scores themselves. */
    EMISSIONS(Element.LONG, true),
    /** {@code [B][words][pairs]}: where paths came from. */
    POINTERS(Element.INT, true),
    /** {@code [B]}: in which state the best path ends. */
    ENDS(Element.INT, true),
    /** {@code [B][2][T+1]}: the last label of a block of pairs. */
    BORDERS(Element.DOUBLE, true);

    /** All of them. */
    static final List<DeviceBuffer> ALL = List.of(values());

    private final Element element;
    private final boolean workspace;

    AlignmentBuffer(Element element, boolean workspace) {
        this.element = element;
        this.workspace = workspace;
    }

    @Override
    public long elements(Sizes sizes) {
        long blocks = sizes.hasBlocks() ? 1 : 0;
        return switch (this) {
            case SCORES -> sizes.rows() * sizes.symbols();
            case DESCRIPTION -> BatchDescription.length(sizes.batchSize(), sizes.maxTargetLength());
            case WILDCARDS -> sizes.batchSize() * sizes.pairs();
            case COST -> 3;
            case ROW_MAX, ROW_INVERSE_SUM, ROW_NORMALISER -> sizes.rows();
            case EMISSIONS -> 0;
            case POINTERS -> (long) sizes.batchSize() * ViterbiKernel.words(sizes.timeSteps()) * sizes.pairs();
            case ENDS -> sizes.batchSize();
            case BORDERS -> blocks * 2 * sizes.batchSize() * (sizes.timeSteps() + 1L);
        };
    }

    @Override
    public Element element() {
        return element;
    }

    @Override
    public boolean isWorkspace() {
        return workspace;
    }
}
