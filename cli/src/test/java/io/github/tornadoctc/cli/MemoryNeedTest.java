package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    private static final CtcBatch BATCH = new CtcShape("small", 9, 3, 4, 2).randomBatch(1);

    @Test
    void tablesOfTheReferenceCountForEachProcessorButNoMoreThanThereAreUtterances() {
        long one = MemoryNeed.bytes(longTarget(1), 0, 8);
        // T frames of two tables of 2U + 1 states, and of two of V symbols, in double
        assertThat(one).isEqualTo(1000L * (2 * 401 + 2 * 3) * 8);
        assertThat(MemoryNeed.bytes(longTarget(3), 0, 2)).isEqualTo(2 * one);
        assertThat(MemoryNeed.bytes(longTarget(3), 0, 8)).isEqualTo(3 * one);
    }

    @Test
    void scoresAndGradientsCountWhereTheyAreMore() {
        CtcBatch wide = CtcBatch.builder(1, 100, 50)
                .scores(new float[5000])
                .targets(new int[100][0])
                .build();
        assertThat(MemoryNeed.bytes(wide, 2, 1)).isEqualTo(3 * 5000 * 4);
        CtcBatch narrow = CtcBatch.builder(1, 100, 50)
                .scores(MemorySegment.ofArray(new short[5000]), ScoreType.BFLOAT16)
                .targets(new int[100][0])
                .build();
        assertThat(MemoryNeed.bytes(narrow, 2, 1)).isEqualTo(5000 * 2 + 2 * 5000 * 4);
    }

    @Test
    void adviceIsMoreThanWhatWasNeededAndThanWhatThereIs() {
        assertThat(MemoryNeed.advice("Java heap space", 16L << 30)).contains("-Xmx24g", ", which is enough");
        long there = Runtime.getRuntime().maxMemory() >> 30;
        String advice = MemoryNeed.advice("Java heap space", 0);
        assertThat(Long.parseLong(advice.replaceAll(".*-Xmx(\\d+)g.*", "$1"))).isGreaterThan(there);
        assertThat(MemoryNeed.advice(
                        "Cannot reserve 10737418240 bytes of direct buffer memory (allocated: 10737418240, limit: 1)",
                        0))
                .contains("-Xmx30g");
    }

    @Test
    void tooLittleMemoryIsTold() {
        assertThatThrownBy(() -> MemoryNeed.told(BATCH, 1, () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageStartingWith("not enough memory: Java heap space; CTC_JAVA_OPTS=-Xmx");
        assertThat(MemoryNeed.<Integer>told(BATCH, 1, () -> 5)).isEqualTo(5);
    }

    private static CtcBatch longTarget(int utterances) {
        int[][] targets = new int[utterances][200];
        for (int[] target : targets) {
            Arrays.fill(target, 1);
        }
        return CtcBatch.builder(1000, utterances, 3)
                .scores(new float[1000 * utterances * 3])
                .targets(targets)
                .build();
    }
}
