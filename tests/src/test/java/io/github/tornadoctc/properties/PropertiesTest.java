package io.github.tornadoctc.properties;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Every property, of one backend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PropertiesTest implements Invariances, Probabilities {
    private final String name;
    private final double lossTolerance;
    private final double gradientTolerance;
    private final Sizes largest;
    private final int trials;
    private @Nullable CtcBackend backend;

    PropertiesTest(String name, double lossTolerance, double gradientTolerance, Sizes largest, int trials) {
        this.name = name;
        this.lossTolerance = lossTolerance;
        this.gradientTolerance = gradientTolerance;
        this.largest = largest;
        this.trials = trials;
    }

    @BeforeAll
    void open() {
        CtcBackendProvider provider = CtcBackends.provider(name);
        if (provider.unavailable().isPresent()) {
            String reason = provider.unavailable().get();
            System.out.printf("Properties of backend %s: SKIPPED, %s%n", name, reason);
            abort(reason);
        }
        backend = CtcBackends.open(name);
    }

    @AfterAll
    void close() {
        if (backend != null) {
            backend.close();
        }
    }

    @Override
    public CtcBackend backend() {
        return requireNonNull(backend);
    }

    @Override
    public double lossTolerance() {
        return lossTolerance;
    }

    @Override
    public double gradientTolerance() {
        return gradientTolerance;
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
