package io.github.tornadoctc.decoding.errors;

import java.util.Arrays;
import java.util.List;

/**
 * The edits of one text or of many.
 *
 * @param substitutions S, what was taken for something else
 * @param insertions I, what was read and not said
 * @param deletions D, what was said and not read
 * @param reference N, the number of words or characters that were said
 */
public record ErrorCounts(long substitutions, long insertions, long deletions, long reference) {

    static ErrorCounts of(List<Edit> edits) {
        return new ErrorCounts(
                count(edits, Edit.Kind.SUBSTITUTION),
                count(edits, Edit.Kind.INSERTION),
                count(edits, Edit.Kind.DELETION),
                edits.size() - count(edits, Edit.Kind.INSERTION));
    }

    /** The fewest edits from labels that were said to those that were read, where the labels are all that counts. */
    public static ErrorCounts ofLabels(int[] reference, int[] hypothesis) {
        return of(EditAlignment.of(texts(reference), texts(hypothesis)));
    }

    private static List<String> texts(int... labels) {
        return Arrays.stream(labels).mapToObj(Integer::toString).toList();
    }

    private static long count(List<Edit> edits, Edit.Kind kind) {
        return edits.stream().filter(edit -> edit.kind() == kind).count();
    }

    /** S + I + D. */
    public long errors() {
        return substitutions + insertions + deletions;
    }

    /**
     * (S + I + D) / N, which is above 1 where much was inserted. Where nothing was said it is 0 if nothing was read, and
     * infinite else.
     */
    public double rate() {
        return errors() == 0 ? 0 : (double) errors() / reference;
    }

    /** These and those: rates of many texts weigh each by its length. */
    public ErrorCounts plus(ErrorCounts others) {
        return new ErrorCounts(
                substitutions + others.substitutions,
                insertions + others.insertions,
                deletions + others.deletions,
                reference + others.reference);
    }
}
