package io.github.tornadoctc.shapes;

/** The one size of a batch that varies in a sweep, by its symbol. */
public enum SweptSize {
    /** Time steps. */
    T,
    /** Utterances. */
    B,
    /** Symbols, the blank included. */
    V,
    /** The longest target. */
    U;

    /** A shape's own value of this size. */
    public int of(CtcShape shape) {
        return switch (this) {
            case T -> shape.timeSteps();
            case B -> shape.batchSize();
            case V -> shape.symbols();
            case U -> shape.maxTargetLength();
        };
    }

    /** A shape that differs in this size alone, and is named after it. */
    public CtcShape in(CtcShape shape, int value) {
        return new CtcShape(
                this + "=" + value,
                this == T ? value : shape.timeSteps(),
                this == B ? value : shape.batchSize(),
                this == V ? value : shape.symbols(),
                this == U ? value : shape.maxTargetLength());
    }
}
