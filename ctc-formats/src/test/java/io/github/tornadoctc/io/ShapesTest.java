package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shapes that other programs save batches in, in every format; and what is said where one may be meant otherwise. */
class ShapesTest {
    /** T=3, B=2, V=2. */
    private static final String LOGITS = "[[[0, 1], [2, 3]], [[4, 5], [6, 7]], [[8, 9], [10, 11]]]";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void framesAndSymbolsAloneAreOneUtterance(TestFormat format) throws IOException {
        FieldValues values = new FieldValues().with("logits", "[[[0, 1]], [[2, 3]], [[4, 5]]]");
        if (format == TestFormat.JSON) {
            values.with("logits", "[[0, 1], [2, 3], [4, 5]]");
        } else {
            values.flat("logits");
        }
        LoadedBatch loaded = load(
                values.with("input_lengths", "2").with("targets", "[1, 1, -1]").with("target_lengths", "1"), format);
        CtcBatch batch = loaded.batch();
        assertThat(batch.timeSteps()).isEqualTo(3);
        assertThat(batch.batchSize()).isEqualTo(1);
        assertThat(batch.score(2, 0, 1)).isEqualTo(5);
        assertThat(batch.inputLength(0)).isEqualTo(2);
        assertThat(batch.target(0)).containsExactly(1);
        assertThat(loaded.shape()).containsExactly(3, 2);
    }

    @ParameterizedTest
    @EnumSource
    void lengthsMayBeAColumn(TestFormat format) throws IOException {
        CtcBatch batch = load(batch().with("input_lengths", "[[3], [2]]").with("target_lengths", "[[2], [1]]"), format)
                .batch();
        assertThat(batch.inputLength(1)).isEqualTo(2);
        assertThat(batch.target(0)).containsExactly(1, 1);
        assertThat(batch.target(1)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void framesAreAllOfThemWhereNoLengthsAreGiven(TestFormat format) throws IOException {
        CtcBatch batch = load(batch().with("target_lengths", "[2, 1]"), format).batch();
        assertThat(batch.inputLength(0)).isEqualTo(3);
        assertThat(batch.inputLength(1)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void paddingEndsTargetsWhereNoLengthsAreGiven(TestFormat format) throws IOException {
        for (int padding : new int[] {-1, -100}) {
            CtcBatch batch = load(batch().with("targets", "[[1, 1], [1, %d]]".formatted(padding)), format)
                    .batch();
            assertThat(batch.target(0)).containsExactly(1, 1);
            assertThat(batch.target(1)).containsExactly(1);
        }
        CtcBatch batch =
                load(batch().with("targets", "[[-1, -100], [1, 1]]"), format).batch();
        assertThat(batch.target(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void labelsAfterPaddingAreRefused(TestFormat format) {
        assertBad(
                batch().with("targets", "[[1, 1], [-1, 1]]"),
                format,
                "targets[1][1] = 1 follows padding; target_lengths can say where targets end");
    }

    @ParameterizedTest
    @EnumSource
    void paddingWithTheBlankNeedsLengths(TestFormat format) {
        assertBad(
                batch().with("targets", "[[1, 1], [1, 0]]"),
                format,
                "targets[1][1] = 0 is the blank; if it is padding, target_lengths must say where targets end");
    }

    @ParameterizedTest
    @EnumSource
    void labelsPastTheirLengthMayBeAnything(TestFormat format) throws IOException {
        CtcBatch batch = load(
                        batch().with("targets", "[[1, 1], [1, -2147483648]]").with("target_lengths", "[2, 1]"), format)
                .batch();
        assertThat(batch.target(1)).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void targetsOneAfterTheOther(TestFormat format) throws IOException {
        CtcBatch batch = load(batch().with("targets", "[1, 1, 1]").with("target_lengths", "[2, 1]"), format)
                .batch();
        assertThat(batch.target(0)).containsExactly(1, 1);
        assertThat(batch.target(1)).containsExactly(1);
        assertBad(batch().with("targets", "[1, 1, 1]"), format, "target_lengths is missing; the fields there are: ");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingIsSpeltAsTheFileSpellsItsOthers(TestFormat format) {
        FieldValues values = batch().with("targets", "[1, 1, 1]");
        assertBad(values.with("inputLengths", "[3, 3]"), format, "targetLengths is missing; the fields there are: ");
    }

    @ParameterizedTest
    @EnumSource
    void lengthsOfTheOtherLayoutSayWhichItIs(TestFormat format) {
        assertBad(
                batch().with("input_lengths", "[2, 2, 1]").with("targets", "[[1], [1], [1]]"),
                format,
                "input_lengths has 3 values for a batch of 2; perhaps --layout BTV");
        assertBad(batch().with("targets", "[[1], [1], [1]]"), format, "targets has 3 rows for a batch of 2; perhaps");
        Path file = directory.resolve("batch");
        assertThatThrownBy(() -> BatchFile.load(
                        batch().with("input_lengths", "[3, 2]").write(format, directory),
                        ReadOptions.defaults().withLayout(Layout.BATCH_MAJOR)))
                .hasMessage(file + ": input_lengths has 2 values for a batch of 3; perhaps --layout TBV");
    }

    @ParameterizedTest
    @EnumSource
    void lengthsOfNoLayoutSayNothingOfOne(TestFormat format) {
        assertThatThrownBy(() -> load(batch().with("input_lengths", "[1, 1, 3]"), format))
                .hasMessageEndingWith("input_lengths has 3 values for a batch of 2");
    }

    @ParameterizedTest
    @EnumSource
    void logitsThatAreSaidToBeLogProbabilitiesGetAWarning(TestFormat format) throws IOException {
        LoadedBatch loaded = load(batch().with("scores", "\"log-probs\""), format);
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .startsWith(directory.resolve("batch")
                        + ": logits: probabilities of 6 of 6 frames looked at do not sum to 1")
                .contains("at t=0 of utterance 0 to 3.72");
        assertThat(load(batch(), format).warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void logProbabilitiesGetNone(TestFormat format) throws IOException {
        String halves = LOGITS.replaceAll("\\d+", "-0.6875");
        assertThat(load(batch().with("logits", halves).with("scores", "\"log-probs\""), format)
                        .warnings())
                .isEmpty();
    }

    private LoadedBatch load(FieldValues values, TestFormat format) throws IOException {
        return BatchFile.load(values.write(format, directory), ReadOptions.defaults());
    }

    private void assertBad(FieldValues values, TestFormat format, String message) {
        assertThatThrownBy(() -> load(values, format))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith(directory.resolve("batch") + ": " + message);
    }

    private static FieldValues batch() {
        return new FieldValues().with("logits", LOGITS).with("targets", "[[1, 1], [1, 1]]");
    }
}
