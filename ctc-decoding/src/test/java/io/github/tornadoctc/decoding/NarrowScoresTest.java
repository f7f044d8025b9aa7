package io.github.tornadoctc.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.Scores;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of 16 bits are decoded as the float32 ones that they are. */
class NarrowScoresTest {
    @ParameterizedTest
    @EnumSource
    void decodersTakeThem(ScoreType type) {
        CtcBatch wide = RandomBatch.of(1, 12, 4, 5, 0, 2);
        long count = wide.scores().byteSize() / Float.BYTES;
        MemorySegment narrow = Arena.ofAuto().allocate(count * type.bytes(), 8);
        type.narrow(wide.scores(), 0, narrow, 0, count);
        CtcBatch batch = CtcBatch.builder(12, 4, 5)
                .scores(narrow, type)
                .targets(new int[4][0])
                .build();
        CtcBatch same = batch.inFloat32();
        assertThat(GreedyDecoder.decode(batch, Scores.LOGITS)).isEqualTo(GreedyDecoder.decode(same, Scores.LOGITS));
        BeamSearchDecoder decoder =
                new BeamSearchDecoder(BeamSearchOptions.defaults().withNBest(4));
        assertThat(decoder.decode(batch)).isEqualTo(decoder.decode(same));
    }
}
