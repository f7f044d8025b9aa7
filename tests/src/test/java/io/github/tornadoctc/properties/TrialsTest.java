package io.github.tornadoctc.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private static final Sizes LARGEST = new Sizes(0, 40, 6, 20, 15);

    @Test
    void everySeedIsTriedAndSizesVaryUpToTheLargest() {
        List<Sizes> tried = new ArrayList<>();
        Trials.hold(200, LARGEST, tried::add);
        assertThat(tried).hasSize(200);
        assertThat(tried).extracting(Sizes::seed).doesNotHaveDuplicates();
        assertThat(tried).extracting(Sizes::timeSteps).contains(1, 40).allMatch(size -> size >= 1 && size <= 40);
        assertThat(tried).extracting(Sizes::symbols).contains(2, 20).allMatch(size -> size >= 2 && size <= 20);
        assertThat(tried).extracting(Sizes::targetLength).contains(0, 15).allMatch(size -> size <= 15);
    }

    @Test
    void aFailureIsShrunkAndNamesItsSeed() {
        assertThatThrownBy(() -> Trials.hold(100, LARGEST, sizes -> assertThat(sizes.timeSteps())
                        .as("frames")
                        .isLessThan(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(
                        "(?s)fails with seed \\d+, T=\\d+ .*; smaller: seed \\d+, T=1\\d B=1 V=2 U=0: .*frames.*");
    }

    @Test
    void anExceptionIsAFailure() {
        assertThatThrownBy(() -> Trials.hold(1, LARGEST, sizes -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1, T=1 B=1 V=2 U=0: broken")
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
