package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a batch is read in every format and in either spelling, and says what it is there for. */
class FieldsTest {
    /** Of a batch of T=2, B=2, V=3, the value of each field that is not what would be taken without it. */
    private static final Map<String, String> VALUES = Map.of(
            "logits", "[[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]",
            "logProbs", "[[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]",
            "inputLengths", "[1, 2]",
            "targets", "[[2, 1], [1, 0]]",
            "targetLengths", "[2, 1]",
            "blank", "2",
            "layout", "\"BTV\"",
            "scores", "\"log-probs\"",
            "comment", "\"anything\"");

    /** What shows that a field was read. */
    private static final Map<String, Predicate<LoadedBatch>> EFFECTS = Map.of(
            "logits", loaded -> loaded.batch().score(1, 1, 2) == 11,
            "logProbs", loaded -> loaded.batch().score(1, 1, 2) == 11 && loaded.scores() == Scores.LOG_PROBS,
            "inputLengths", loaded -> loaded.batch().inputLength(0) == 1,
            "targets", loaded -> Arrays.equals(loaded.batch().target(0), new int[] {2}),
            "targetLengths", loaded -> Arrays.equals(loaded.batch().target(0), new int[] {1, 1}),
            "blank", loaded -> loaded.batch().blank() == 2,
            "layout", loaded -> loaded.batch().layout() == Layout.BATCH_MAJOR,
            "scores", loaded -> loaded.scores() == Scores.LOG_PROBS,
            "comment", loaded -> true);

    @TempDir
    Path directory;

    @Test
    void everyFieldHasAValueAndAnEffect() {
        assertThat(VALUES).containsOnlyKeys(BatchFields.NAMES);
        assertThat(EFFECTS).containsOnlyKeys(BatchFields.NAMES);
    }

    static Stream<Arguments> fields() {
        return BatchFields.NAMES.stream().flatMap(field -> Stream.of(TestFormat.values())
                .flatMap(format ->
                        Stream.of(field, snakeCase(field)).distinct().map(name -> Arguments.of(format, field, name))));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldIsReadInEitherSpelling(TestFormat format, String field, String name) throws IOException {
        FieldValues values = batch(field.equals("logProbs") ? "logProbs" : "logits")
                .without(field)
                .with(name, VALUES.get(field));
        assertThat(BatchFile.load(values.write(format, directory), ReadOptions.defaults()))
                .matches(EFFECTS.get(field));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void noFieldMayBeGivenTwice(TestFormat format, String field, String name) throws IOException {
        if (field.equals(name)) {
            return;
        }
        Path file = batch(field.equals("logProbs") ? "logProbs" : "logits")
                .with(field, VALUES.get(field))
                .with(name, VALUES.get(field))
                .write(format, directory);
        assertThatThrownBy(() -> BatchFile.load(file, ReadOptions.defaults()))
                .isInstanceOf(BatchFileException.class)
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherFieldIsRefusedByItsName(TestFormat format) throws IOException {
        for (String name : List.of("label_lengths", "Blank", "targetlengths", "input-lengths", "attention_mask")) {
            Path file = batch("logits").with(name, "[1, 1]").write(format, directory);
            assertThatThrownBy(() -> BatchFile.load(file, ReadOptions.defaults()))
                    .isInstanceOf(BatchFileException.class)
                    .hasMessage(file + ": " + name + " is not a field of a batch, those are "
                            + String.join(", ", BatchFields.NAMES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAskedForGoesBeforeWhatTheFileSays(TestFormat format) throws IOException {
        FieldValues values = batch("logits");
        VALUES.forEach((field, value) -> {
            if (!field.equals("logProbs")) {
                values.with(field, value);
            }
        });
        LoadedBatch loaded = BatchFile.load(
                values.write(format, directory),
                ReadOptions.defaults()
                        .withLayout(Layout.TIME_MAJOR)
                        .withScores(Scores.LOGITS)
                        .withBlank(0));
        CtcBatch batch = loaded.batch();
        assertThat(batch.layout()).isEqualTo(Layout.TIME_MAJOR);
        assertThat(loaded.scores()).isEqualTo(Scores.LOGITS);
        assertThat(batch.blank()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readAloneRefusesWhatItCouldNotTell(TestFormat format) throws IOException {
        Path file = batch("log_probs").write(format, directory);
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageContaining("its scores are log-probabilities");
    }

    @ParameterizedTest
    @EnumSource
    void aNameAndATextThatContradictEachOtherAreRefused(TestFormat format) throws IOException {
        Path file = batch("log_probs").with("scores", "\"logits\"").write(format, directory);
        assertThatThrownBy(() -> BatchFile.load(file, ReadOptions.defaults()))
                .isInstanceOf(BatchFileException.class)
                .hasMessageContaining("scores says logits, but what there is is called log_probs");
    }

    @ParameterizedTest
    @EnumSource
    void scoresCanBeCalledSo(TestFormat format) throws IOException {
        LoadedBatch loaded = BatchFile.load(batch("scores").write(format, directory), ReadOptions.defaults());
        assertThat(loaded.batch().score(1, 1, 2)).isEqualTo(11);
        assertThat(loaded.scores()).isEqualTo(Scores.LOGITS);
    }

    /** A batch of two utterances, its scores called so, and nothing else that is not needed. */
    private static FieldValues batch(String scores) {
        return new FieldValues()
                .with(scores, VALUES.get("logits"))
                .with("inputLengths", "[2, 2]")
                .with("targets", "[[1, 1], [1, 1]]")
                .with("targetLengths", "[1, 1]");
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
