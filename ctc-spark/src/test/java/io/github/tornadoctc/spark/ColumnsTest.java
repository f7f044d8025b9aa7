package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.io.NpyType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns are read, and what a column that cannot be read is told to be. */
class ColumnsTest {
    private static final Spoken UTTERANCE = Spoken.random(new Random(4), "7", 20, 5);
    private static final Dataset<Row> ROWS = LocalSpark.dataset(List.of(UTTERANCE));

    private static double loss(Dataset<Row> rows, CorpusOptions options) {
        Row row = CtcFunctions.loss(rows, options).first();
        assertThat(row.<String>getAs("error")).isNull();
        return row.getAs("loss");
    }

    /** Columns replaced by others of the same values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cast(id as bigint) as id",
                "cast(T as tinyint) as T",
                "cast(V as bigint) as V",
                "cast(target as array<bigint>) as target",
                "cast(target as array<smallint>) as target",
                "'float32' as dtype",
                "cast(null as string) as dtype"
            })
    void otherTypesOfTheSameKindDo(String column) {
        String name = column.replaceFirst(".* as ", "");
        List<String> columns = new ArrayList<>(List.of(ROWS.drop(name).columns()));
        columns.add(column);
        Dataset<Row> rows = ROWS.selectExpr(columns.toArray(String[]::new));
        assertThat(loss(rows, ON_CPU)).isEqualTo(loss(ROWS, ON_CPU));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "double"})
    void scoresMayBeArraysOfNumbers(String type) {
        String numbers = UTTERANCE
                .scores()
                .toString()
                .replace("[", "array(")
                .replace(",", "F,")
                .replace("]", "F)");
        Dataset<Row> rows =
                ROWS.selectExpr("id", "T", "V", "cast(%s as array<%s>) as scores".formatted(numbers, type), "target");
        assertThat(loss(rows, ON_CPU)).isEqualTo(loss(ROWS, ON_CPU));
    }

    /** The type is an option, or a column, which goes before it. */
    @ParameterizedTest
    @CsvSource({"FLOAT16, 2", "BFLOAT16, 2", "FLOAT64, 8"})
    void binaryScoresMayBeOfAnyFloatingPointType(NpyType type, int bytes) {
        ByteBuffer narrow =
                ByteBuffer.allocate(bytes * UTTERANCE.scores().size()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer wide = ByteBuffer.allocate(4 * UTTERANCE.scores().size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float score : UTTERANCE.scores()) {
            switch (type) {
                case FLOAT16 -> {
                    narrow.putShort(Float.floatToFloat16(score));
                    wide.putFloat(Float.float16ToFloat(Float.floatToFloat16(score)));
                }
                case BFLOAT16 -> {
                    int upper = Float.floatToRawIntBits(score) >>> 16;
                    narrow.putShort((short) upper);
                    wide.putFloat(Float.intBitsToFloat(upper << 16));
                }
                default -> {
                    narrow.putDouble(score);
                    wide.putFloat(score);
                }
            }
        }
        Dataset<Row> rows = LocalSpark.dataset(List.of(UTTERANCE.row(narrow.array())), Spoken.SCHEMA, 1);
        Dataset<Row> widened = LocalSpark.dataset(List.of(UTTERANCE.row(wide.array())), Spoken.SCHEMA, 1);
        double expected = loss(widened, ON_CPU);
        CorpusInput input = CorpusInput.defaults();
        assertThat(loss(rows, ON_CPU.withInput(input.withType(type)))).isEqualTo(expected);
        assertThat(loss(rows.selectExpr("*", "'%s' as dtype".formatted(type)), ON_CPU))
                .isEqualTo(expected);
    }

    @Test
    void columnsMayHaveOtherNames() {
        Dataset<Row> renamed = ROWS.withColumnRenamed("id", "utt.id").withColumnRenamed("scores", "emissions");
        CorpusColumns columns = CorpusColumns.defaults().with("id", "utt.id").with("scores", "emissions");
        Row row = CtcFunctions.loss(
                        renamed, ON_CPU.withInput(CorpusInput.defaults().withColumns(columns)))
                .first();
        assertThat(row.<String>getAs("id")).isEqualTo("7");
        assertThat(row.<Double>getAs("loss")).isEqualTo(loss(ROWS, ON_CPU));
    }

    /** Before anything is computed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "id|1.5D|column id is double, but string or an integer type would do",
                "T|'6'|column T is string, but an integer type would do",
                "V|2.0D|column V is double, but an integer type would do",
                "scores|1.5D|column scores is double, but binary, array<float>, array<double> or string, the path of a"
                        + " .npy file, would do",
                "scores|array(1)|column scores is array<int>, but binary, array<float>, array<double> or string, the"
                        + " path of a .npy file, would do",
                "target|array(1.5D)|column target is array<double>, but an array of integers or string would do",
                "target|'text'|column target is text, which needs tokens to make labels of it",
                "dtype|16|column dtype is int, but string, such as float16, would do"
            })
    void aMistypedColumnIsTheJobsError(String column, String value, String message) {
        Dataset<Row> rows = ROWS.withColumn(column, functions.expr(value));
        assertThatThrownBy(() -> CtcFunctions.loss(rows, ON_CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aMissingColumnIsTheJobsError() {
        assertThatThrownBy(() -> CtcFunctions.align(ROWS.drop("target"), ON_CPU))
                .hasMessage("column target is missing; there are id, T, V, scores");
        CorpusInput input =
                CorpusInput.defaults().withColumns(CorpusColumns.defaults().with("scores", "logits"));
        assertThatThrownBy(() -> CtcFunctions.loss(ROWS, ON_CPU.withInput(input)))
                .hasMessage("column logits is missing, which scores is to be; there are id, T, V, scores, target");
    }

    @Test
    void aBackendThatIsNoneIsTheJobsError() {
        assertThatThrownBy(() -> CtcFunctions.loss(ROWS, ON_CPU.withBackend("gpu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backend = gpu is none of auto, ");
    }
}
