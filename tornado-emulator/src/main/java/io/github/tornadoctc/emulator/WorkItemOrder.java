package io.github.tornadoctc.emulator;

import java.util.Random;

/**
 * The order in which the emulator runs the work-items of a group from one barrier to the next, and the groups of a
 * launch. A kernel whose result depends on it has a race.
 *
 * @param kind how the items are ordered
 * @param seed of the shuffle; a launch with the same seed always runs in the same order
 */
public record WorkItemOrder(Kind kind, long seed) {
    /** Lowest index first: the default. */
    public static final WorkItemOrder ASCENDING = new WorkItemOrder(Kind.ASCENDING, 0);

    /** Highest index first. */
    public static final WorkItemOrder DESCENDING = new WorkItemOrder(Kind.DESCENDING, 0);

    /** How the items are ordered. */
    public enum Kind {
        /** Lowest index first. */
        ASCENDING,
        /** Highest index first. */
        DESCENDING,
        /** At random, anew after every barrier. */
        SHUFFLE
    }

    /** A random order, another one after every barrier. */
    public static WorkItemOrder shuffle(long seed) {
        return new WorkItemOrder(Kind.SHUFFLE, seed);
    }

    /** Reads {@code ascending}, {@code descending}, {@code shuffle} or {@code shuffle:SEED}. */
    public static WorkItemOrder parse(String text) {
        if (text.equals("ascending")) {
            return ASCENDING;
        }
        if (text.equals("descending")) {
            return DESCENDING;
        }
        if (text.equals("shuffle")) {
            return shuffle(0);
        }
        if (text.startsWith("shuffle:")) {
            try {
                return shuffle(Long.parseLong(text.substring("shuffle:".length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("the seed of \"" + text + "\" is not a whole number", e);
            }
        }
        throw new IllegalArgumentException(
                "the order is ascending, descending, shuffle or shuffle:SEED, not \"" + text + "\"");
    }

    /** The random numbers of one launch. */
    public Random random() {
        return new Random(seed);
    }

    /** Fills {@code sequence} with the indices below its length, in this order. */
    public void arrange(int[] sequence, Random random) {
        int last = sequence.length - 1;
        for (int i = 0; i <= last; i++) {
            sequence[i] = kind == Kind.DESCENDING ? last - i : i;
        }
        if (kind == Kind.SHUFFLE) {
            for (int i = last; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = sequence[i];
                sequence[i] = sequence[j];
                sequence[j] = swapped;
            }
        }
    }
}
