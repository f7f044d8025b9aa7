package io.github.tornadoctc.spark.corpus;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What an output is of: the settings that decide what is in it, and the files of its chunks. It is written before anything
 * is computed, so that a run that goes on does so with the same chunks.
 */
record Manifest(Map<String, String> settings, List<Chunk> chunks) {
    Manifest {
        settings = Map.copyOf(settings);
        chunks = List.copyOf(chunks);
    }

    /**
     * The manifest of a run that goes on: what has been computed stays, and the corpus' other files, whether they were there
     * or not, are further chunks.
     *
     * @param output its name, for messages
     * @param files that the corpus has now
     * @param isComputed of a chunk
     * @throws CorpusException if the output is of other settings, or a file has changed since it was computed
     */
    Manifest continued(
            String output,
            Map<String, String> newSettings,
            List<InputFile> files,
            long chunkBytes,
            Predicate<Chunk> isComputed) {
        for (String name : new TreeSet<>(newSettings.keySet())) {
            String begun = settings.getOrDefault(name, "");
            if (!begun.equals(newSettings.get(name))) {
                throw new CorpusException("%s: was begun with %s = %s, not %s; another directory would do"
                        .formatted(output, name, begun, newSettings.get(name)));
            }
        }
        List<Chunk> all = new ArrayList<>(chunks.stream().filter(isComputed).toList());
        Map<String, InputFile> computed = all.stream()
                .flatMap(chunk -> chunk.files().stream())
                .collect(toMap(InputFile::path, Function.identity()));
        for (InputFile file : files) {
            if (!file.equals(computed.getOrDefault(file.path(), file))) {
                throw new CorpusException(
                        "%s: has the results of %s, which has changed since; another directory would do"
                                .formatted(output, file.path()));
            }
        }
        List<InputFile> left = files.stream()
                .filter(file -> !computed.containsKey(file.path()))
                .toList();
        int next = all.isEmpty() ? 0 : all.getLast().number() + 1;
        all.addAll(Chunk.of(left, chunkBytes, next));
        return new Manifest(settings, all);
    }
}
