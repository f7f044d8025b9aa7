package io.github.tornadoctc.decoding.errors;

/**
 * One step of an alignment of what was read with what was said.
 *
 * @param kind what was done to what was said
 * @param reference what was said; empty for an insertion
 * @param hypothesis what was read; empty for a deletion
 */
public record Edit(Kind kind, String reference, String hypothesis) {
    /** The kinds of steps. */
    public enum Kind {
        /** Both are the same: no error. */
        MATCH,
        /** Something else was read. */
        SUBSTITUTION,
        /** Something was read that was not said. */
        INSERTION,
        /** Something that was said was not read. */
        DELETION
    }
}
