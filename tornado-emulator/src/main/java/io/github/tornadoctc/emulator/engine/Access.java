package io.github.tornadoctc.emulator.engine;

/** What a kernel can do to an element of a native array. */
enum Access {
    READ("reads", "has read"),
    WRITE("writes", "has written"),
    ATOMIC("updates atomically", "has updated atomically");

    final String now;
    final String before;

    Access(String now, String before) {
        this.now = now;
        this.before = before;
    }

    /** Whether the two need an order; the accesses of atomic operations among themselves have one. */
    boolean conflictsWith(Access other) {
        return this != other || this == WRITE;
    }
}
