package io.github.tornadoctc.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files of text beside their names and moves them there once all are complete. */
final class ReportFiles {
    private ReportFiles() {}

    static void write(Path directory, Map<String, String> files) throws IOException {
        Files.createDirectories(directory);
        String suffix = ".%08x.tmp".formatted(ThreadLocalRandom.current().nextInt());
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path temporary = directory.resolve("." + file.getKey() + suffix);
                moves.put(temporary, directory.resolve(file.getKey()));
                Files.writeString(temporary, file.getValue());
            }
            for (Map.Entry<Path, Path> move : moves.entrySet()) {
                Files.move(move.getKey(), move.getValue(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path temporary : moves.keySet()) {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
