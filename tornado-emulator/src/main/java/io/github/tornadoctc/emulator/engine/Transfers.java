package io.github.tornadoctc.emulator.engine;

import java.util.HashSet;
import java.util.Set;

/** What a graph says about one of its arrays. */
final class Transfers {
    /** When host contents go to the device. */
    enum In {
        NEVER,
        ONCE,
        ALWAYS
    }

    In in = In.NEVER;

    /** Whether it is copied back with every execution. */
    boolean out;

    /** Whether it is taken from where the graph run before has left it. */
    boolean consumed;

    /** The graphs named as its source; the graph's own name stands for any. */
    final Set<String> sources = new HashSet<>();

    Transfers copy() {
        Transfers copy = new Transfers();
        copy.in = in;
        copy.out = out;
        copy.consumed = consumed;
        copy.sources.addAll(sources);
        return copy;
    }
}
