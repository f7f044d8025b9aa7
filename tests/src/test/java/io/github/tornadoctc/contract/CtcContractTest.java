package io.github.tornadoctc.contract;

import io.github.tornadoctc.BackendTest;

/** Every rule of the contract, against one backend. */
abstract class CtcContractTest extends BackendTest
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
                RecursionRules,
                MemoryRules,
                AlignmentRules,
                WildcardRules,
                PosteriorRules,
                RescoringRules,
                NarrowRules,
                VocabularyRules,
                PublishedLosses,
                PublishedGradients {
    CtcContractTest(String name, double lossTolerance, double gradientTolerance) {
        super("Contract", name, lossTolerance, gradientTolerance);
    }

    @Override
    public boolean slow() {
        return false;
    }
}
