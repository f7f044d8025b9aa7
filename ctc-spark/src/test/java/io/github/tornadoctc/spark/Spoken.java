package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A made-up utterance: [T][V] normal logits, and labels that fit them. */
record Spoken(String id, int frames, int symbols, List<Float> scores, List<Integer> target) {
    static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("T", DataTypes.IntegerType)
            .add("V", DataTypes.IntegerType)
            .add("scores", DataTypes.BinaryType)
            .add("target", DataTypes.createArrayType(DataTypes.IntegerType));

    static Spoken random(Random random, String id, int frames, int symbols) {
        Float[] scores = new Float[frames * symbols];
        Arrays.setAll(scores, i -> (float) random.nextGaussian());
        List<Integer> target = new ArrayList<>();
        for (int u = 0; u < frames / 3; u++) {
            target.add(1 + random.nextInt(symbols - 1));
        }
        return new Spoken(id, frames, symbols, List.of(scores), target);
    }

    /** So many, of all lengths up to {@code longest}, a few of them much longer. */
    static List<Spoken> several(int count, int longest, long seed) {
        Random random = new Random(seed);
        List<Spoken> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int frames = random.nextInt(longest) * (random.nextInt(20) == 0 ? 10 : 1);
            all.add(random(random, "utterance-" + i, frames, 5 + 3 * random.nextInt(2)));
        }
        return all;
    }

    byte[] float32() {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * scores.size()).order(ByteOrder.LITTLE_ENDIAN);
        scores.forEach(bytes::putFloat);
        return bytes.array();
    }

    int[] labels() {
        return target.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A row of {@link #SCHEMA}. */
    Row row() {
        return row(float32());
    }

    /** A row with other scores. */
    Row row(@Nullable Object ofScores) {
        return RowFactory.create(id, frames, symbols, ofScores, target);
    }

    /** By itself. */
    CtcBatch batch() {
        float[] values = new float[scores.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores.get(i);
        }
        return CtcBatch.builder(frames, 1, symbols)
                .scores(values)
                .targets(labels())
                .build();
    }
}
