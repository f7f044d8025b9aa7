package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBackend;

/**
 * A backend that takes part in a comparison.
 *
 * @param label its name, and its device's id where a name alone does not tell it from another: {@code tornado@0:1}
 */
public record Candidate(String label, CtcBackend backend) {

    /** A backend by its name. */
    public static Candidate of(CtcBackend backend) {
        return new Candidate(backend.name(), backend);
    }
}
