package io.github.tornadoctc.properties;

import java.util.Optional;

/** Tries a law on random cases; where it fails, looks for a smaller case in which it fails too. */
final class Trials {

    /** What should hold of every case; throws if it does not. */
    interface Law {
        void check(Sizes sizes);
    }

    private Trials() {}

    /** Tries seeds from 1 on, of sizes up to the largest. */
    static void hold(int count, Sizes largest, Law law) {
        for (long seed = 1; seed <= count; seed++) {
            Sizes sizes = largest.random(seed);
            Optional<Throwable> failure = failure(law, sizes);
            if (failure.isPresent()) {
                Sizes smallest = shrunk(law, sizes);
                Throwable cause = failure(law, smallest).orElse(failure.get());
                throw new AssertionError(
                        "fails with %s; smaller: %s: %s".formatted(sizes, smallest, cause.getMessage()), cause);
            }
        }
    }

    /** Halves whatever can be halved while the law still fails. */
    private static Sizes shrunk(Law law, Sizes sizes) {
        for (Sizes smaller : sizes.halved()) {
            if (failure(law, smaller).isPresent()) {
                return shrunk(law, smaller);
            }
        }
        return sizes;
    }

    /** An exception is a failure as well as a wrong number is. */
    private static Optional<Throwable> failure(Law law, Sizes sizes) {
        try {
            law.check(sizes);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e);
        }
    }
}
