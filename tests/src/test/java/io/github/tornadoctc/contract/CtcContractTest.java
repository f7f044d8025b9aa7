package io.github.tornadoctc.contract;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Every rule of the contract, against one backend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CtcContractTest
        implements ScoreRules,
                MaskRules,
                RaggedRules,
                InfeasibleRules,
                NonFiniteRules,
                ReductionRules,
                LayoutRules,
                ReproducibilityRules,
                ResultRules,
                BackendRules,
                SizeRules,
                AccuracyRules,
                PublishedLosses,
                PublishedGradients {
    private final String name;
    private final double lossTolerance;
    private final double gradientTolerance;
    private @Nullable CtcBackend backend;

    CtcContractTest(String name, double lossTolerance, double gradientTolerance) {
        this.name = name;
        this.lossTolerance = lossTolerance;
        this.gradientTolerance = gradientTolerance;
    }

    /** Calls {@link #skip} where this backend needs what not every machine has. */
    void assumeUsable(CtcBackendProvider provider) {
        // there is a CPU everywhere
    }

    /** Ends the class without a verdict, and says so on the screen. */
    final void skip(String reason) {
        System.out.printf("Contract of backend %s: SKIPPED, %s%n", name, reason);
        abort(reason);
    }

    @BeforeAll
    void open() {
        assumeUsable(CtcBackends.provider(name));
        backend = CtcBackends.open(name);
        System.out.printf("Contract of backend %s: on %s%n", name, backend.device());
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
    public boolean slow() {
        return false;
    }
}
