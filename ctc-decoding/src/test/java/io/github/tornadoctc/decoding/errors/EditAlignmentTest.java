package io.github.tornadoctc.decoding.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditAlignmentTest {
    /** Both the table at once and halves of it down to single rows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20, 1 << 20})
    void hasTheLeastEditsAndBothTexts(long mostCells) {
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            String reference = text(random, random.nextInt(12));
            String hypothesis = text(random, random.nextInt(12));
            List<Edit> edits = EditAlignment.of(characters(reference), characters(hypothesis), mostCells);
            assertThat(ErrorCounts.of(edits).errors())
                    .isEqualTo(LevenshteinDistance.getDefaultInstance()
                            .apply(reference, hypothesis)
                            .longValue());
            assertThat(edits.stream().map(Edit::reference).collect(Collectors.joining()))
                    .isEqualTo(reference);
            assertThat(edits.stream().map(Edit::hypothesis).collect(Collectors.joining()))
                    .isEqualTo(hypothesis);
            assertThat(edits).allSatisfy(EditAlignmentTest::assertIsOfItsKind);
        }
    }

    private static void assertIsOfItsKind(Edit edit) {
        Edit.Kind kind = edit.reference().isEmpty()
                ? Edit.Kind.INSERTION
                : edit.hypothesis().isEmpty()
                        ? Edit.Kind.DELETION
                        : edit.reference().equals(edit.hypothesis()) ? Edit.Kind.MATCH : Edit.Kind.SUBSTITUTION;
        assertThat(edit.kind()).isEqualTo(kind);
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'd').mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }
}
