package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonBatchTest {
    private static final String LENGTHS = "\"inputLengths\": [1], \"targets\": [[1]]";

    @TempDir
    Path directory;

    @Test
    void readsTimeMajorNesting() throws IOException {
        CtcBatch batch = read(
                """
                {"blank": 2,
                 "logits": [[[0.5, 1, 2e-1], [-3, 4, 5]], [[6, 7, 8], [9, 10, 11]], [[0, 0, 0], [0, 0, 0]]],
                 "inputLengths": [3, 1], "targets": [[0, 1], []], "comment": {"any": ["thing"]}}
                """);
        assertThat(batch.timeSteps()).isEqualTo(3);
        assertThat(batch.batchSize()).isEqualTo(2);
        assertThat(batch.symbols()).isEqualTo(3);
        assertThat(batch.blank()).isEqualTo(2);
        assertThat(batch.score(0, 0, 2)).isEqualTo(0.2f);
        assertThat(batch.score(1, 1, 0)).isEqualTo(9);
        assertThat(batch.inputLength(1)).isEqualTo(1);
        assertThat(batch.target(0)).containsExactly(0, 1);
        assertThat(batch.target(1)).isEmpty();
    }

    @Test
    void everyFieldInSnakeCaseToo() throws IOException {
        CtcBatch batch = read("{\"blank\": 0, \"logits\": [[[1, 2]], [[1, 2]]], \"input_lengths\": [1],"
                + " \"targets\": [[1, 0]], \"target_lengths\": [1]}");
        assertThat(batch.inputLength(0)).isEqualTo(1);
        assertThat(batch.target(0)).containsExactly(1);
    }

    @Test
    void labelsPastTheirLengthArePadding() throws IOException {
        CtcBatch batch = read("{\"blank\": 2, \"logits\": [[[1, 2, 3], [4, 5, 6]]], \"inputLengths\": [1, 1],"
                + " \"targets\": [[1, 2, -7], [0]], \"targetLengths\": [1, 0]}");
        assertThat(batch.target(0)).containsExactly(1);
        assertThat(batch.target(1)).isEmpty();
    }

    @Test
    void targetLengthsAreThoseOfTheTargets() throws IOException {
        String begin = "{\"logits\": [[[1, 2]]], " + LENGTHS + ", \"targetLengths\": ";
        assertBad(begin + "[2]}", "targetLengths[0] = 2 is not between 0 and 1, the labels of targets[0]");
        assertBad(begin + "[1, 1]}", "targetLengths has 2 values for a batch of 1");
    }

    @Test
    void aFieldThatIsNotKnownIsRefused() throws IOException {
        String begin = "{\"logits\": [[[1, 2]]], " + LENGTHS;
        assertBad(begin + ", \"labelLengths\": [1]}", "labelLengths is not a field of a batch");
        assertBad(begin + ", \"layout\": \"VTB\"}", "layout = \"VTB\" is none of TBV, BTV");
        assertBad(begin + ", \"scores\": \"probs\"}", "scores = \"probs\" is none of logits, log-probs");
        assertBad(begin + ", \"scores\": null}", "scores = null is no text");
        assertBad(
                begin + ", \"input_lengths\": [1]}",
                "inputLengths and input_lengths are the same field, which is given twice");
    }

    @Test
    void batchMajorSwapsTheTwoOuterNestings() throws IOException {
        Path file = write("{\"logits\": [[[1, 2], [3, 4], [5, 6]]], \"inputLengths\": [3], \"targets\": [[1]]}");
        CtcBatch batch = BatchFile.load(file, ReadOptions.defaults().withLayout(Layout.BATCH_MAJOR))
                .batch();
        assertThat(batch.timeSteps()).isEqualTo(3);
        assertThat(batch.batchSize()).isEqualTo(1);
        assertThat(batch.score(2, 0, 1)).isEqualTo(6);
    }

    @Test
    void theBlankAskedForOverridesTheFiles() throws IOException {
        Path file = write("{\"blank\": 1, \"logits\": [[[1, 2]]], " + LENGTHS + "}");
        assertThat(BatchFile.load(file, ReadOptions.defaults().withBlank(0))
                        .batch()
                        .blank())
                .isZero();
        assertBad(file, "targets[0][0] = 1 is the blank");
    }

    @Test
    void scoresThatAreNotFiniteAsStrings() throws IOException {
        assertScores("\"nan\", \"inf\", \"-inf\", \"-Infinity\", \"+Inf\", \"NaN\"");
    }

    @Test
    void scoresThatAreNotFiniteAsPythonWritesThem() throws IOException {
        assertScores("NaN, Infinity, -Infinity, -Infinity, Infinity, NaN");
    }

    private void assertScores(String scores) throws IOException {
        CtcBatch batch = read("{\"logits\": [[[" + scores + "]]], " + LENGTHS + "}");
        float[] row = new float[6];
        for (int v = 0; v < row.length; v++) {
            row[v] = batch.score(0, 0, v);
        }
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(row).containsExactly(Float.NaN, infinity, -infinity, -infinity, infinity, Float.NaN);
    }

    @Test
    void zeroUtterances() throws IOException {
        assertThat(read("{\"logits\": [], \"inputLengths\": [], \"targets\": []}")
                        .batchSize())
                .isZero();
        assertThat(read("{\"logits\": [[], []], \"inputLengths\": [], \"targets\": []}")
                        .timeSteps())
                .isEqualTo(2);
    }

    @Test
    void zeroFramesLeaveTheSymbolsToTheTargets() throws IOException {
        CtcBatch batch = read("{\"logits\": [], \"inputLengths\": [0, 0], \"targets\": [[4], []]}");
        assertThat(batch.batchSize()).isEqualTo(2);
        assertThat(batch.symbols()).isEqualTo(5);
    }

    @Test
    void theLargestIntIsNoSymbol() {
        assertBad(
                "{\"logits\": [], \"inputLengths\": [0], \"targets\": [[2147483647]]}",
                "2147483647 is not a symbol of any batch");
    }

    @Test
    void raggedRows() {
        assertBad(
                "{\"logits\": [[[1, 2], [1]]], " + LENGTHS + "}", "logits[0][1] has 1 scores, but logits[0][0] has 2");
    }

    @Test
    void raggedPlanes() {
        assertBad("{\"logits\": [[[1]], [[1], [1]]], " + LENGTHS + "}", "logits[1] has 2 rows, but logits[0] has 1");
    }

    @Test
    void nestingTooShallow() {
        assertBad("{\"logits\": [1, 2], " + LENGTHS + "}", "logits[0] = 1 is not an array");
        assertBad("{\"logits\": [[[1]], [1]], " + LENGTHS + "}", "logits[1][0] = 1 is not an array");
    }

    @Test
    void nestingTooDeep() {
        assertBad("{\"logits\": [[[[1]]]], " + LENGTHS + "}", "logits[0][0][0] = [...] is not a number");
    }

    @Test
    void nestingVeryDeepWhereItIsIgnored() {
        assertBad("{\"comment\": " + "[".repeat(100_000), "line 1, column ");
    }

    @Test
    void scoreThatIsText() {
        assertBad("{\"logits\": [[[1, \"x\"]]], " + LENGTHS + "}", "logits[0][0][1] = \"x\" is not a number");
    }

    @Test
    void scoreThatIsNull() {
        assertBad("{\"logits\": [[[null]]], " + LENGTHS + "}", "logits[0][0][0] = null is not a number");
    }

    @Test
    void scoreThatNoFloatHolds() {
        assertBad("{\"logits\": [[[1e39]]], " + LENGTHS + "}", "logits[0][0][0] = 1e39 does not fit float32");
        assertBad(
                "{\"logits\": [[[1" + "0".repeat(100) + "]]], " + LENGTHS + "}",
                "logits[0][0][0] = 1000000000000000000000000000000000000000... does not fit float32");
    }

    @Test
    void numberOfVeryManyDigits() {
        assertBad("{\"logits\": [[[" + "1".repeat(100_000) + "]]], " + LENGTHS + "}", "line 1, column ");
    }

    @Test
    void lengthThatIsNoInteger() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"inputLengths\": [1.5], \"targets\": [[1]]}",
                "inputLengths[0] = 1.5 is not an integer");
    }

    @Test
    void labelThatNoIntHolds() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"inputLengths\": [1], \"targets\": [[3000000000]]}",
                "targets[0][0] = 3000000000 does not fit int32");
    }

    @Test
    void targetsThatAreNestedNowAndThen() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"inputLengths\": [1], \"targets\": [[1], 1]}",
                "targets[1] = 1 is not an array");
    }

    @Test
    void labelPastTheSymbols() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"inputLengths\": [1], \"targets\": [[2]]}",
                "targets[0][0] = 2 is not a symbol");
    }

    @Test
    void rowsWithoutSymbols() {
        assertBad("{\"logits\": [[[]]], " + LENGTHS + "}", "logits: shape = (1, 1, 0) has no symbols");
    }

    @Test
    void moreTargetsThanUtterances() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"inputLengths\": [1], \"targets\": [[1], [1]]}",
                "targets has 2 rows for a batch of 1");
    }

    @Test
    void missingField() {
        assertBad(
                "{\"logits\": [[[1, 2]]], \"input_lengths\": [1], \"target_lengths\": [1]}",
                "targets is missing; the fields there are: logits, input_lengths, target_lengths");
        assertBad("{\"targets\": [[1]]}", "logits is missing; the fields there are: targets");
        assertBad("{}", "logits is missing; there are no fields");
    }

    @Test
    void fieldGivenTwice() {
        assertBad("{" + LENGTHS + ", \"targets\": [[1]]}", "line 1, column ");
    }

    @Test
    void truncatedFile() {
        assertBad("{\"logits\": [[[1, 2", "line 1, column ");
        assertBad("{\"logits\": [[[1, 2]]]", "line 1, column ");
    }

    @Test
    void moreAfterTheObject() {
        assertBad("{\"logits\": [[[1, 2]]], " + LENGTHS + "} {}", "there is more after the object");
    }

    @Test
    void notAnObject() {
        assertBad("[1, 2]", "is neither .npz nor .safetensors nor a JSON object");
    }

    private CtcBatch read(String json) throws IOException {
        return BatchFile.read(write(json));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("batch.json"), json);
    }

    private void assertBad(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith("%s: %s", directory.resolve("batch.json"), message)
                .message()
                .doesNotContain("\n");
    }

    private static void assertBad(Path file, String message) {
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith("%s: %s", file, message);
    }
}
