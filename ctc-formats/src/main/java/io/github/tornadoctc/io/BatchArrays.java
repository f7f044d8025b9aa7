package io.github.tornadoctc.io;

import java.util.Optional;
import java.util.Set;

/** A file of named arrays. */
interface BatchArrays {
    /** The names of the arrays and of the texts, sorted. */
    Set<String> names();

    /** Reads an array. */
    NpyArray read(String name) throws BatchFileException;

    /** Whether an array looks like the scores of a batch: floating-point numbers along three axes. */
    boolean looksLikeScores(String name) throws BatchFileException;

    /** A text of that name, if it is one. */
    Optional<String> text(String name) throws BatchFileException;

    /** What to add where it has no arrays. */
    default String hint() {
        return "";
    }
}
