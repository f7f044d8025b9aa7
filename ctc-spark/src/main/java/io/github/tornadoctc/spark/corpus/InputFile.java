package io.github.tornadoctc.spark.corpus;

/**
 * A file of a corpus, as it was when the output was begun.
 *
 * @param path with its file system
 * @param bytes its length
 * @param modified when it was, in milliseconds
 */
record InputFile(String path, long bytes, long modified) {}
