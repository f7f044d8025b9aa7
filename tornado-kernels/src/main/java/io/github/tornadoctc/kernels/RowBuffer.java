package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.DeviceBuffer.Element;
import java.util.List;

/** The buffers of the rows that hypotheses share, what they hold and how large they are. */
enum RowBuffer implements DeviceBuffer {
    /** The scores, {@code [T][B][V]} or {@code [B][T][V]}. */
    SCORES(Element.FLOAT, false),
    /** See {@link BatchDescription}; targets are the vocabularies of utterances. */
    DESCRIPTION(Element.INT, false),
    /** {@code [T][B]}: the largest score of a row. */
    ROW_MAX(Element.FLOAT, true),
    /** {@code [T][B]}: one over the sum of a row's exponentials. */
    ROW_INVERSE_SUM(Element.FLOAT, true),
    /** {@code [T][B]}: the logarithm of what a row's emissions have to be multiplied by, see {@link Normaliser}. */
    ROW_NORMALISER(Element.FLOAT, true),
    /** {@code [T][B][columns]}: the probabilities of the symbols that hypotheses may have, up to that factor. */
    EMISSIONS(Element.LONG, true);

    /** All of them. */
    static final List<DeviceBuffer> ALL = List.of(values());

    private final Element element;
    private final boolean workspace;

    RowBuffer(Element element, boolean workspace) {
        this.element = element;
        this.workspace = workspace;
    }

    @Override
    public long elements(Sizes sizes) {
        return switch (this) {
            case SCORES -> sizes.rows() * sizes.symbols();
            case DESCRIPTION -> BatchDescription.length(sizes.batchSize(), sizes.maxTargetLength());
            case ROW_MAX, ROW_INVERSE_SUM, ROW_NORMALISER -> sizes.rows();
            case EMISSIONS -> sizes.rows() * BatchDescription.columns(sizes.symbols(), sizes.maxTargetLength());
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
