package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Batches by memory: of like lengths, and of the same symbols. */
class BatchesTest {
    private static final int[] NONE = {};

    private static Utterance utterance(int frames, int symbols, int labels) {
        NpyArray scores =
                NpyArray.of(NpyType.FLOAT32, MemorySegment.ofArray(new float[frames * symbols]), frames, symbols);
        return new Utterance("u", scores, new int[labels], NONE);
    }

    private static List<List<Integer>> frames(List<List<Utterance>> batches) {
        return batches.stream()
                .map(batch -> batch.stream().map(Utterance::frames).toList())
                .toList();
    }

    @Test
    void aBatchTakesNoMoreThanItsMemoryWithItsPadding() {
        List<Utterance> utterances = List.of(
                utterance(10, 2, 0), utterance(3, 2, 0), utterance(4, 2, 0), utterance(9, 2, 0), utterance(4, 2, 0));
        // three of four frames are 3 · 4 · 2 floats
        assertThat(frames(Batches.form(utterances, new LossOperation(ON_CPU), 96)))
                .containsExactly(List.of(3, 4, 4), List.of(9), List.of(10));
    }

    @Test
    void anUtteranceThatNeedsMoreIsABatchByItself() {
        List<Utterance> utterances = List.of(utterance(1000, 2, 0), utterance(1, 2, 0), utterance(1000, 2, 0));
        assertThat(frames(Batches.form(utterances, new LossOperation(ON_CPU), 100)))
                .containsExactly(List.of(1), List.of(1000), List.of(1000));
    }

    @Test
    void theOccupationOfAnAlignmentCounts() {
        List<Utterance> utterances = List.of(utterance(4, 2, 3), utterance(4, 2, 3));
        // of each 4 frames of 2 symbols, and of 7 states
        assertThat(Batches.form(utterances, new AlignOperation(ON_CPU), 2 * (32 + 112)))
                .hasSize(1);
        assertThat(Batches.form(utterances, new AlignOperation(ON_CPU), 2 * (32 + 112) - 1))
                .hasSize(2);
    }

    @Test
    void symbolsAreTheSameInABatch() {
        List<Utterance> utterances = List.of(utterance(4, 2, 0), utterance(4, 3, 0), utterance(4, 2, 0));
        assertThat(Batches.form(utterances, new LossOperation(ON_CPU), 1000))
                .extracting(List::size)
                .containsExactly(2, 1);
    }

    /** A few very long ones among many short ones, as in any corpus. */
    @Test
    void littleIsPaddedWhereLengthsAreSkewed() {
        Random random = new Random(9);
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            utterances.add(utterance((int) (20 * Math.exp(1.2 * random.nextGaussian())), 4, 0));
        }
        long padded = 0;
        for (List<Utterance> batch : Batches.form(utterances, new LossOperation(ON_CPU), 64 << 10)) {
            padded += batch.size() * batch.getLast().scoreBytes();
        }
        long scores = utterances.stream().mapToLong(Utterance::scoreBytes).sum();
        assertThat((double) padded / scores).isLessThan(1.1);
    }
}
