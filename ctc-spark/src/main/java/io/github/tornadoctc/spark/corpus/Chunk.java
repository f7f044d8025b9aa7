package io.github.tornadoctc.spark.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a corpus, which becomes visible in the output once, as a whole: files that one job reads.
 *
 * @param number from 0
 */
record Chunk(int number, List<InputFile> files) {
    Chunk {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(InputFile::bytes).sum();
    }

    /** Its name in the output's directory. */
    String name() {
        return "chunk-%05d".formatted(number);
    }

    /**
     * Chunks of files in their order, of at least so many bytes each but for the last one.
     *
     * @param first the number of the first chunk
     */
    static List<Chunk> of(List<InputFile> files, long bytes, int first) {
        List<Chunk> chunks = new ArrayList<>();
        List<InputFile> next = new ArrayList<>();
        long size = 0;
        for (InputFile file : files) {
            next.add(file);
            size += file.bytes();
            if (size >= bytes) {
                chunks.add(new Chunk(first + chunks.size(), next));
                next.clear();
                size = 0;
            }
        }
        if (!next.isEmpty()) {
            chunks.add(new Chunk(first + chunks.size(), next));
        }
        return chunks;
    }
}
