package io.github.tornadoctc.compare;

import io.github.tornadoctc.shapes.CtcShape;

/** The one size of a batch that grows in a sweep. */
public enum SweptSize {
    T,
    B,
    V,
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
