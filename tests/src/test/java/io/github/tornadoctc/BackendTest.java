package io.github.tornadoctc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.abort;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests of one backend, which is open for all of them. They say on the screen which device they run on, and why they do
 * not run where the backend cannot be used.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendTest {
    private final String tests;
    private final String name;
    private final double lossTolerance;
    private final double gradientTolerance;
    private @Nullable CtcBackend backend;

    /**
     * Tests of the backend of that name.
     *
     * @param tests what they are of, in words
     * @param lossTolerance how far a loss may be off, relative to the loss, or to 1 where it is smaller
     * @param gradientTolerance how far an element of the gradient may be off; none is larger than 1
     */
    protected BackendTest(String tests, String name, double lossTolerance, double gradientTolerance) {
        this.tests = tests;
        this.name = name;
        this.lossTolerance = lossTolerance;
        this.gradientTolerance = gradientTolerance;
    }

    @BeforeAll
    final void open() {
        CtcBackends.provider(name).unavailable().ifPresent(reason -> {
            System.out.printf("%s of backend %s: SKIPPED, %s%n", tests, name, reason);
            abort(reason);
        });
        backend = CtcBackends.open(name);
        System.out.printf("%s of backend %s: on %s%n", tests, name, backend.device());
    }

    @AfterAll
    final void close() {
        if (backend != null) {
            backend.close();
        }
    }

    public final CtcBackend backend() {
        return requireNonNull(backend);
    }

    public final double lossTolerance() {
        return lossTolerance;
    }

    public final double gradientTolerance() {
        return gradientTolerance;
    }
}
