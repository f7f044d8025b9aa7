package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.DeviceBuffer.Element;
import java.util.List;

/** Every buffer of a loss, what it holds and how large it is. Nothing else has to know of a new one but its kernels. */
enum LossBuffer implements DeviceBuffer {
    /** The scores, {@code [T][B][V]} or {@code [B][T][V]}. */
    SCORES(Element.FLOAT, false),
    /** Their gradient, in the same layout. */
    GRADIENT(Element.FLOAT, false),
    /** See {@link BatchDescription}. */
    DESCRIPTION(Element.INT, false),
    /** See {@link Likelihoods}. */
    LIKELIHOODS(Element.LONG, false),

    /** {@code [T][B]}: the largest score of a row. */
    ROW_MAX(Element.FLOAT, true),
    /** {@code [T][B]}: one over the sum of a row's exponentials. */
    ROW_INVERSE_SUM(Element.FLOAT, true),
    /** {@code [T][B]}: the logarithm of what a row's emissions have to be multiplied by, see {@link Normaliser}. */
    ROW_NORMALISER(Element.FLOAT, true),
    /** {@code [T][B][columns]}: the probabilities of the symbols that the target may have, up to that factor. */
    EMISSIONS(Element.LONG, true),
    /** {@code [B][T][pairs]}: mantissas of the blanks of one direction, then their posteriors; and {@code [2B][lanes]}. */
    BLANK_STATES(Element.FLOAT, true),
    /** The same of the labels, in the places of {@link Lattice#labelPair}. */
    LABEL_STATES(Element.FLOAT, true),
    /** The exponents of both, as {@link ExponentPair}s. */
    STATE_EXPONENTS(Element.LONG, true),
    /** {@code [B][2][2·pairs]}: α and β at the middle frame. */
    MIDDLE(Element.EXTENDED_LONG, true),
    /** {@code [2B][2][T]}: the last label of a block of pairs, up to the middle frame. */
    BORDERS(Element.EXTENDED_LONG, true),
    /** {@code [2B][2][T]}: the same from the middle frame on. */
    BORDERS_BEYOND(Element.EXTENDED_FLOAT, true);

    /** All of them. */
    static final List<DeviceBuffer> ALL = List.of(values());

    private final Element element;
    private final boolean workspace;

    LossBuffer(Element element, boolean workspace) {
        this.element = element;
        this.workspace = workspace;
    }

    @Override
    public long elements(Sizes sizes) {
        long gradient = sizes.gradient() ? 1 : 0;
        long blocks = sizes.hasBlocks() ? 1 : 0;
        return switch (this) {
            case SCORES -> sizes.rows() * sizes.symbols();
            case GRADIENT -> gradient * sizes.rows() * sizes.symbols();
            case DESCRIPTION -> BatchDescription.length(sizes.batchSize(), sizes.maxTargetLength());
            case LIKELIHOODS -> Likelihoods.length(sizes.batchSize());
            case ROW_MAX, ROW_INVERSE_SUM, ROW_NORMALISER -> sizes.rows();
            case EMISSIONS -> sizes.rows() * BatchDescription.columns(sizes.symbols(), sizes.maxTargetLength());
            case BLANK_STATES, LABEL_STATES, STATE_EXPONENTS -> gradient * sizes.rows() * sizes.pairs();
            case MIDDLE -> 4L * sizes.batchSize() * sizes.pairs();
            case BORDERS -> blocks * 4 * sizes.rows();
            case BORDERS_BEYOND -> gradient * blocks * 4 * sizes.rows();
        };
    }

    /** Where a lane past the target stores. */
    @Override
    public long elementsPerLane(Sizes sizes) {
        return switch (this) {
            case BLANK_STATES, LABEL_STATES, STATE_EXPONENTS -> sizes.gradient() ? 2L * sizes.batchSize() : 0;
            default -> 0;
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
