package io.github.tornadoctc.explain;

import io.github.tornadoctc.reference.BruteForceCtc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The paths of an example, by enumeration.
 *
 * @param total how many there are, V^T
 * @param collapsing how many of them collapse to the target; 0 if they were not counted
 * @param sum the probability of those together; NaN if they were not enumerated
 * @param listed those that are worth reading: all, or those that collapse to the target, or none
 */
record Paths(double total, int collapsing, double sum, List<Path> listed) {
    /** More than these are listed only if they collapse to the target. */
    private static final int LIST_ALL = 64;
    /** More than these are not listed at all. */
    private static final int LIST_ANY = 4096;
    /** More than these would take seconds. */
    private static final int ENUMERATE = 1 << 22;

    /**
     * One path.
     *
     * @param symbols one per frame
     * @param collapsed what is left of it
     */
    record Path(String symbols, double probability, String product, String collapsed, boolean collapsesToTarget) {}

    static Paths of(Example example) {
        double total = Math.pow(example.symbolCount(), example.frames());
        if (total > ENUMERATE) {
            return new Paths(total, 0, Double.NaN, List.of());
        }
        int[] target = example.batch().target(0);
        List<Path> listed = new ArrayList<>();
        int[] collapsing = new int[1];
        double[] sum = new double[1];
        BruteForceCtc.forEachPath(example.batch(), 0, Example.OPTIONS, (path, probability) -> {
            int[] collapsed = BruteForceCtc.collapse(path, example.blank());
            boolean hit = Arrays.equals(collapsed, target);
            if (hit) {
                collapsing[0]++;
                sum[0] += probability;
            }
            if (total <= LIST_ALL || (hit && total <= LIST_ANY)) {
                listed.add(new Path(
                        example.text(path), probability, product(example, path), example.text(collapsed), hit));
            }
        });
        return new Paths(total, collapsing[0], sum[0], listed);
    }

    /** The probabilities that a path's is the product of. */
    private static String product(Example example, int... path) {
        StringBuilder product = new StringBuilder();
        for (int t = 0; t < path.length; t++) {
            product.append(t == 0 ? "" : " × ").append(Values.probability(example.probability(t, path[t])));
        }
        return product.toString();
    }

    boolean enumerated() {
        return !Double.isNaN(sum);
    }

    /** Whether every path is listed, and not only those that collapse to the target. */
    boolean all() {
        return total <= LIST_ALL;
    }

    /** How many there are, and what of them is not listed. */
    String summary() {
        String count = total < 1e15 ? "%.0f".formatted(total) : "%.1e".formatted(total);
        if (!enumerated()) {
            return "%s paths are too many to enumerate".formatted(count);
        }
        if (total > LIST_ANY) {
            return "%s paths are too many to list, but they were enumerated".formatted(count);
        }
        return all() ? count : "%s, of which only those that collapse to the target are listed".formatted(count);
    }

    /** How many of all paths collapse to the target, as the subject of a sentence. */
    String collapsingText() {
        return collapsing == 1 ? "1 of them collapses" : collapsing + " of them collapse";
    }
}
