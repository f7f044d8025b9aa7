package io.github.tornadoctc.spark.corpus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a corpus' results: Parquet files, each of which appears once, complete. Beside them, under names that
 * readers of Parquet pass over, is what a run needs that goes on after another one has ended in whatever way:
 *
 * <ul>
 *   <li>{@code _corpus/lock}: the {@link RunLock};
 *   <li>{@code _corpus/manifest.json}: the {@link Manifest};
 *   <li>{@code _corpus/running/TOKEN/chunk-…}: where the job of a chunk writes, by Spark's own commit protocol. A run has a
 *       directory of its own, so one that was believed dead writes nowhere but there;
 *   <li>{@code _corpus/computed/chunk-…}: that the job has ended well, with the {@link ChunkResult}. Then its files are moved
 *       out, one by one, each by a rename;
 *   <li>{@code _corpus/done/chunk-…}: that all have been moved;
 *   <li>{@code _SUCCESS}: that all chunks are done.
 * </ul>
 *
 * <p>A file is either where its job wrote it or in the output. So whenever a run ends, the next one either finds no record in
 * {@code computed} and computes the chunk anew, or finds one and moves what is left.
 */
final class OutputDirectory {
    private final Path root;
    private final Path ours;
    private final Path running;
    private final FileSystem files;
    private final FileContext context;
    private final ObjectMapper json = new ObjectMapper();

    OutputDirectory(String output, Configuration configuration) throws IOException {
        Path path = new Path(output);
        this.files = path.getFileSystem(configuration);
        this.root = files.makeQualified(path);
        this.ours = new Path(root, "_corpus");
        this.running = new Path(ours, "running");
        this.context = FileContext.getFileContext(root.toUri(), configuration);
    }

    /**
     * Makes sure that it is new, or of an earlier run, and keeps other runs away.
     *
     * @throws CorpusException if something else is there, or another run that goes on
     */
    RunLock lock(RunLock.Sleeper sleeper) throws IOException {
        if (!files.exists(ours)) {
            if (files.exists(root) && (files.getFileStatus(root).isFile() || files.listStatus(root).length > 0)) {
                throw new CorpusException(root + ": exists, and is not of an earlier run; another directory would do");
            }
            files.mkdirs(ours);
        }
        return RunLock.take(files, new Path(ours, "lock"), toString(), sleeper);
    }

    /** What is there of an earlier run. */
    Optional<Manifest> manifest() throws IOException {
        return read(new Path(ours, "manifest.json"), Manifest.class);
    }

    /** Empty if there is none, or one that its writer did not come to the end of. */
    private <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        try (InputStream in = files.open(file)) {
            return Optional.of(json.readValue(in.readAllBytes(), type));
        } catch (FileNotFoundException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Replaces the manifest at once, and clears away what earlier runs have not come to the end of. */
    void begin(Manifest manifest) throws IOException {
        Path temporary = new Path(ours, "manifest.json.new");
        try (OutputStream out = files.create(temporary, true)) {
            out.write(json.writeValueAsBytes(manifest));
        }
        context.rename(temporary, new Path(ours, "manifest.json"), Options.Rename.OVERWRITE);
        files.delete(new Path(root, "_SUCCESS"), false);
        files.mkdirs(computedDirectory());
        files.mkdirs(new Path(ours, "done"));
        if (files.exists(running)) {
            clearAway(manifest);
        }
    }

    /** All that jobs have written but for what is computed and still to be moved. */
    private void clearAway(Manifest manifest) throws IOException {
        Set<String> needed = new HashSet<>();
        for (Chunk chunk : manifest.chunks()) {
            if (!isDone(chunk)) {
                computed(chunk).ifPresent(result -> needed.add(result.directory()));
            }
        }
        for (FileStatus run : files.listStatus(running)) {
            for (FileStatus chunk : files.listStatus(run.getPath())) {
                if (!needed.contains(below(chunk.getPath()))) {
                    files.delete(chunk.getPath(), true);
                }
            }
        }
    }

    private Path computedDirectory() {
        return new Path(ours, "computed");
    }

    private String below(Path path) {
        return root.toUri().relativize(path.toUri()).getPath();
    }

    /** Where the job of a chunk writes, below the output. */
    String staging(Chunk chunk, RunLock lock) {
        return "_corpus/running/%s/%s".formatted(lock.token(), chunk.name());
    }

    Path path(String below) {
        return new Path(root, below);
    }

    /** What became of a chunk whose job has ended well, whether its files have been moved or not. */
    Optional<ChunkResult> computed(Chunk chunk) {
        try {
            return read(new Path(computedDirectory(), chunk.name()), ChunkResult.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDone(Chunk chunk) throws IOException {
        return files.exists(new Path(new Path(ours, "done"), chunk.name()));
    }

    /**
     * The job of a chunk has ended well: from here on its files are those of the chunk. Whatever two runs believe of the lock,
     * one of them creates this record, and the other one fails.
     *
     * @throws CorpusException if this run has lost its lock
     */
    void commit(Chunk chunk, ChunkResult result, RunLock lock) throws IOException {
        lock.check();
        Path record = new Path(computedDirectory(), chunk.name());
        if (computed(chunk).isEmpty()) {
            // one that could not be written to its end
            files.delete(record, false);
        }
        if (!ExclusiveFile.create(files, record, json.writeValueAsBytes(result))) {
            throw new CorpusException("%s: another run has computed %s meanwhile".formatted(root, chunk.name()));
        }
    }

    /** Moves the files of a chunk that are still where its job has written them. */
    void publish(Chunk chunk, ChunkResult result) throws IOException {
        Path from = path(result.directory());
        if (files.exists(from)) {
            for (FileStatus file : files.listStatus(from)) {
                String name = file.getPath().getName();
                if (name.startsWith("part-")) {
                    move(file, new Path(root, chunk.name() + "-" + name));
                }
            }
        }
        files.create(new Path(new Path(ours, "done"), chunk.name()), true).close();
        files.delete(from, true);
    }

    /** On file systems where a rename copies, an earlier run may have copied it and not come to delete it. */
    private void move(FileStatus file, Path to) throws IOException {
        if (files.exists(to) && files.getFileStatus(to).getLen() == file.getLen()) {
            files.delete(file.getPath(), false);
        } else if (!files.rename(file.getPath(), to)) {
            throw new IOException("%s cannot be moved to %s".formatted(file.getPath(), to));
        }
    }

    /** All chunks are done. */
    void complete() throws IOException {
        files.delete(running, true);
        files.create(new Path(root, "_SUCCESS"), true).close();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
