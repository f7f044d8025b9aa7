package io.github.tornadoctc.decoding.scorers;

import java.util.Arrays;

/** A map from longs that are not negative to ints, by linear probing; the JDK's would make two objects of an entry. */
final class LongIntMap {
    static final int ABSENT = -1;
    private static final long FREE = -1;
    /** 2⁶⁴ divided by the golden ratio spreads keys that follow one another over all of the table. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[16];
    private int[] values = new int[16];
    private int size;

    LongIntMap() {
        Arrays.fill(keys, FREE);
    }

    /** The value of a key, or {@link #ABSENT}. */
    int get(long key) {
        int at = place(key);
        return keys[at] == key ? values[at] : ABSENT;
    }

    /** Adds an entry, or replaces it. */
    void put(long key, int value) {
        if (2L * (size + 1) > keys.length) {
            grow();
        }
        int at = place(key);
        size += keys[at] == key ? 0 : 1;
        keys[at] = key;
        values[at] = value;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) ((key * SPREAD) >>> 32) & mask;
        while (keys[at] != FREE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[Math.multiplyExact(oldKeys.length, 2)];
        values = new int[keys.length];
        Arrays.fill(keys, FREE);
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }
}
