package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.Wildcards.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wildcard stands for any sequence of frames, at a cost. */
interface WildcardRules extends BackendUnderTest {

    private static AlignmentOptions with(Wildcards wildcards) {
        return AlignmentOptions.defaults().withWildcards(wildcards);
    }

    /** Of frames that each say one symbol: 1 1 _ 2 3 _ 4 4 5. */
    private static BatchDraft said(int... target) {
        int[] says = {1, 1, 0, 2, 3, 0, 4, 4, 5};
        BatchDraft draft = BatchDraft.zeros(says.length, 1, 6).target(0, target);
        for (int t = 0; t < says.length; t++) {
            draft.score(t, 0, says[t], 9);
        }
        return draft;
    }

    @ParameterizedTest
    @EnumSource
    default void pathsThroughWildcardsAreTheReferences(Scores scores) {
        CtcBatch batch = BatchDraft.random(301, 25, 4, 6, 5).ragged().build();
        for (Cost cost : List.of(Cost.belowBest(0), Cost.belowBest(0.7), Cost.constant(-1.1), Cost.constant(-40))) {
            AlignmentOptions options = with(Wildcards.atEnds().costing(cost)).withScores(scores);
            Alignments.check(backend(), batch, options);
            Wildcards inside = Wildcards.at(new int[] {0, 2, 4}, new int[] {1, 2, 3}, new int[0], new int[] {3});
            Alignments.check(backend(), batch, options.withWildcards(inside.costing(cost)));
        }
    }

    @Test
    default void aPartOfWhatWasSaidIsFound() {
        CtcAlignment alignment = Alignments.check(backend(), said(2, 3).build(), with(Wildcards.atEnds()))
                .getFirst();
        int any = CtcAlignment.WILDCARD;
        assertThat(alignment.path()).containsExactly(any, any, 0, 2, 3, 0, any, any, any);
        assertThat(alignment.spans()).extracting("start").containsExactly(3, 4);
    }

    @Test
    default void whatIsLeftOutInsideIsPassedOver() {
        CtcAlignment alignment = Alignments.check(backend(), said(1, 5).build(), with(Wildcards.at(new int[] {1})))
                .getFirst();
        int any = CtcAlignment.WILDCARD;
        assertThat(alignment.path()).containsExactly(1, 1, 0, any, any, 0, any, any, 5);
    }

    @Test
    default void aWildcardWhereNothingIsLeftOutChangesNoLabel() {
        AlignmentOptions everywhere = with(Wildcards.at(new int[] {0, 1, 2, 3, 4, 5}));
        CtcBatch batch = said(1, 2, 3, 4, 5).build();
        assertThat(Alignments.check(backend(), batch, everywhere).getFirst().states())
                .isEqualTo(Alignments.of(backend(), batch, AlignmentOptions.defaults())
                        .getFirst()
                        .states());
    }

    @Test
    default void itsFramesCostWhatWasStated() {
        double blank = 9 - Math.log(Math.exp(9) + 5);
        CtcAlignment relative = Alignments.of(
                        backend(), said().build(), with(Wildcards.atEnds().costing(Cost.belowBest(2))))
                .getFirst();
        assertThat(relative.score()).isCloseTo(9 * blank - 7 * 2, within(1e-5));
        CtcAlignment constant = Alignments.of(
                        backend(), said().build(), with(Wildcards.atEnds().costing(Cost.constant(-3))))
                .getFirst();
        assertThat(constant.score()).isCloseTo(2 * blank - 7 * 3, within(1e-5));
    }

    @Test
    default void aWildcardIsNoWayOutOfTooFewFrames() {
        CtcBatch batch = said(1, 1, 1, 1, 1, 1).build();
        assertThat(Alignments.check(backend(), batch, with(Wildcards.atEnds()))
                        .getFirst()
                        .status())
                .isEqualTo(CtcStatus.INFEASIBLE);
    }

    /** Of log-probabilities; such a frame of logits is no frame at all. */
    @Test
    default void aConstantGetsThroughAFrameInWhichAllIsMasked() {
        BatchDraft draft = said(1, 5).frame(4, 0, Float.NEGATIVE_INFINITY);
        AlignmentOptions options =
                with(Wildcards.at(new int[] {1}).costing(Cost.constant(-3))).withScores(Scores.LOG_PROBS);
        assertThat(Alignments.check(backend(), draft.build(), options)
                        .getFirst()
                        .status())
                .isEqualTo(CtcStatus.OK);
        AlignmentOptions relative = options.withWildcards(Wildcards.at(new int[] {1}));
        assertThat(Alignments.check(backend(), draft.build(), relative)
                        .getFirst()
                        .status())
                .isEqualTo(CtcStatus.INFEASIBLE);
    }

    @Test
    default void placesThatATargetDoesNotHaveAreRefused() {
        CtcBatch batch = said(1, 5).build();
        assertThatThrownBy(() -> Alignments.of(backend(), batch, with(Wildcards.at(new int[] {0, 3}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wildcards[0] has 3");
        assertThatThrownBy(() -> Alignments.of(backend(), batch, with(Wildcards.at())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wildcards has 0 rows for a batch of 1");
    }
}
