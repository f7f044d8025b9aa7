package io.github.tornadoctc.properties;

import io.github.tornadoctc.BackendTest;

/** Every property, of one backend. */
abstract class PropertiesTest extends BackendTest implements Invariances, Probabilities, Paths {
    private final Sizes largest;
    private final int trials;

    PropertiesTest(String name, double lossTolerance, double gradientTolerance, Sizes largest, int trials) {
        super("Properties", name, lossTolerance, gradientTolerance);
        this.largest = largest;
        this.trials = trials;
    }

    @Override
    public Sizes largest() {
        return largest;
    }

    @Override
    public int trials() {
        return trials;
    }
}
