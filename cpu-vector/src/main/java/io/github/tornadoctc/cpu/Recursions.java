package io.github.tornadoctc.cpu;

/** The kinds of recursion, the fastest first. */
enum Recursions {
    /** {@link LinearRecursion}. */
    LINEAR {
        @Override
        void divide(Utterance u) {
            u.time.group(u.target);
        }
    },

    /** {@link ExtendedRecursion}. */
    EXTENDED {
        @Override
        void divide(Utterance u) {
            u.time.divide(u.target, ExtendedLattice.TABLES);
        }
    };

    /** Divides the frames as the recursion wants them. */
    abstract void divide(Utterance u);

    /** The one to begin with. */
    static Recursions first(Utterance u) {
        return u.time.linear ? LINEAR : EXTENDED;
    }
}
