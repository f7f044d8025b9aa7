package io.github.tornadoctc;

import java.lang.foreign.MemorySegment;

/** Whether memory may be used by the threads that a backend computes on. */
final class Confinement {
    /** Any thread but the caller's; it never runs. */
    private static final Thread ANOTHER = new Thread(() -> {});

    private Confinement() {}

    /**
     * Refuses memory that one thread alone may use. A backend would use it on that thread for a small batch, and fail for
     * a large one.
     *
     * @param name of the argument
     */
    static void check(String name, MemorySegment memory) {
        if (!memory.isAccessibleBy(ANOTHER)) {
            throw new IllegalArgumentException(
                    "%s is in a confined arena, but is used by several threads; Arena.ofShared() or Arena.ofAuto() would do"
                            .formatted(name));
        }
    }
}
