package io.github.tornadoctc.decoding.errors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least substitutions, insertions and deletions from one sequence to another, and which they are: R. A. Wagner, M. J.
 * Fischer, <i>The String-to-String Correction Problem</i>, Journal of the ACM 21 (1), 1974; for long sequences in linear
 * memory, by halving them, D. S. Hirschberg, <i>A Linear Space Algorithm for Computing Maximal Common Subsequences</i>,
 * Communications of the ACM 18 (6), 1975.
 *
 * <p>Where several alignments are equally short, it is the same one each time. Commons Text counts edits
 * ({@code LevenshteinDetailedDistance}) or aligns without substitutions ({@code StringsComparator}), which is another
 * distance; neither says which symbol was taken for which.
 */
final class EditAlignment {
    /** Tables up to this many cells are filled at once. */
    private static final long MOST_CELLS = 1 << 22;

    private final List<String> reference;
    private final List<String> hypothesis;
    private final int[] a;
    private final int[] b;
    private final long mostCells;
    private final List<Edit> edits = new ArrayList<>();

    private EditAlignment(List<String> reference, List<String> hypothesis, long mostCells) {
        this.reference = reference;
        this.hypothesis = hypothesis;
        this.mostCells = mostCells;
        Map<String, Integer> numbers = new HashMap<>();
        this.a = numbered(reference, numbers);
        this.b = numbered(hypothesis, numbers);
    }

    private static int[] numbered(List<String> elements, Map<String, Integer> numbers) {
        return elements.stream()
                .mapToInt(element -> numbers.computeIfAbsent(element, each -> numbers.size()))
                .toArray();
    }

    static List<Edit> of(List<String> reference, List<String> hypothesis) {
        return of(reference, hypothesis, MOST_CELLS);
    }

    static List<Edit> of(List<String> reference, List<String> hypothesis, long mostCells) {
        EditAlignment alignment = new EditAlignment(reference, hypothesis, mostCells);
        alignment.align(0, reference.size(), 0, hypothesis.size());
        return alignment.edits;
    }

    /** Aligns the elements from {@code i} up to {@code iEnd} with those from {@code j} up to {@code jEnd}. */
    private void align(int i, int iEnd, int j, int jEnd) {
        if (iEnd - i < 2 || (long) (iEnd - i + 1) * (jEnd - j + 1) <= mostCells) {
            alignByTable(i, iEnd, j, jEnd);
            return;
        }
        int middle = i + (iEnd - i) / 2;
        int[] before = distances(i, middle, j, jEnd, 1);
        int[] after = distances(iEnd - 1, middle - 1, jEnd - 1, j - 1, -1);
        int split = 0;
        for (int k = 0; k < before.length; k++) {
            if (before[k] + after[after.length - 1 - k] < before[split] + after[after.length - 1 - split]) {
                split = k;
            }
        }
        align(i, middle, j, j + split);
        align(middle, iEnd, j + split, jEnd);
    }

    /** The distances of all of {@code a} in a direction to each beginning of {@code b} in it. */
    private int[] distances(int i, int iEnd, int j, int jEnd, int step) {
        int[] row = new int[Math.abs(jEnd - j) + 1];
        for (int k = 0; k < row.length; k++) {
            row[k] = k;
        }
        for (int at = i; at != iEnd; at += step) {
            int diagonal = row[0]++;
            for (int k = 1; k < row.length; k++) {
                int substituted = diagonal + (a[at] == b[j + step * (k - 1)] ? 0 : 1);
                diagonal = row[k];
                row[k] = Math.min(substituted, Math.min(row[k], row[k - 1]) + 1);
            }
        }
        return row;
    }

    /** By distances of the ends of both, so that the edits are met in their order. */
    private void alignByTable(int i, int iEnd, int j, int jEnd) {
        int[][] table = new int[iEnd - i + 1][jEnd - j + 1];
        for (int k = 0; k < table.length; k++) {
            for (int l = 0; l < table[k].length; l++) {
                table[k][l] = k == 0 || l == 0 ? k + l : least(table, k, l, a[iEnd - k] == b[jEnd - l]);
            }
        }
        int k = iEnd - i;
        int l = jEnd - j;
        while (k > 0 || l > 0) {
            String said = k > 0 ? reference.get(iEnd - k) : "";
            String read = l > 0 ? hypothesis.get(jEnd - l) : "";
            boolean same = said.equals(read);
            if (k > 0 && l > 0 && table[k][l] == table[k - 1][l - 1] + (same ? 0 : 1)) {
                edits.add(new Edit(same ? Edit.Kind.MATCH : Edit.Kind.SUBSTITUTION, said, read));
                k--;
                l--;
            } else if (k > 0 && table[k][l] == table[k - 1][l] + 1) {
                edits.add(new Edit(Edit.Kind.DELETION, said, ""));
                k--;
            } else {
                edits.add(new Edit(Edit.Kind.INSERTION, "", read));
                l--;
            }
        }
    }

    private static int least(int[][] table, int k, int l, boolean same) {
        int substituted = table[k - 1][l - 1] + (same ? 0 : 1);
        return Math.min(substituted, Math.min(table[k - 1][l], table[k][l - 1]) + 1);
    }
}
