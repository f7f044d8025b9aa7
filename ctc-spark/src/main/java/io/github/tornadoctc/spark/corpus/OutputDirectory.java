package io.github.tornadoctc.spark.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
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
 *   <li>{@code _corpus/manifest.json}: the {@link Manifest};
 *   <li>{@code _corpus/staging/chunk-…}: where the job of a chunk writes, by Spark's own commit protocol; {@code _SUCCESS} in
 *       it says that it is complete. Then its files are moved out, one by one, each by a rename;
 *   <li>{@code _corpus/done/chunk-…}: that all have been moved;
 *   <li>{@code _SUCCESS}: that all chunks are done.
 * </ul>
 *
 * <p>A file is either in the staging directory or out of it. So whenever a run ends, the next one either finds no
 * {@code _SUCCESS} there and computes the chunk anew, or finds one and moves what is left.
 */
final class OutputDirectory {
    private static final String SUCCESS = "_SUCCESS";

    private final Path root;
    private final Path ours;
    private final FileSystem files;
    private final FileContext context;
    private final ObjectMapper json = new ObjectMapper();

    OutputDirectory(String output, Configuration configuration) throws IOException {
        Path path = new Path(output);
        this.files = path.getFileSystem(configuration);
        this.root = files.makeQualified(path);
        this.ours = new Path(root, "_corpus");
        this.context = FileContext.getFileContext(root.toUri(), configuration);
    }

    /**
     * What is there of an earlier run.
     *
     * @throws CorpusException if something else is there
     */
    Optional<Manifest> manifest() throws IOException {
        Path file = new Path(ours, "manifest.json");
        if (files.exists(file)) {
            try (InputStream in = files.open(file)) {
                return Optional.of(json.readValue(in.readAllBytes(), Manifest.class));
            }
        }
        if (files.exists(root) && (files.getFileStatus(root).isFile() || files.listStatus(root).length > 0)) {
            throw new CorpusException(root + ": exists, and is not of an earlier run; another directory would do");
        }
        return Optional.empty();
    }

    /** Replaces the manifest at once. */
    void write(Manifest manifest) throws IOException {
        files.mkdirs(ours);
        Path temporary = new Path(ours, "manifest.json.new");
        try (OutputStream out = context.create(temporary, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE))) {
            out.write(json.writeValueAsBytes(manifest));
        }
        context.rename(temporary, new Path(ours, "manifest.json"), Options.Rename.OVERWRITE);
        files.delete(new Path(root, SUCCESS), false);
    }

    boolean isDone(Chunk chunk) throws IOException {
        return files.exists(done(chunk));
    }

    /** Where the job of a chunk writes. */
    Path staging(Chunk chunk) {
        return new Path(new Path(ours, "staging"), chunk.name());
    }

    private Path done(Chunk chunk) {
        return new Path(new Path(ours, "done"), chunk.name());
    }

    /** Whether the job of a chunk has ended well, whether its files have been moved or not. */
    boolean isComputed(Chunk chunk) {
        try {
            return files.exists(done(chunk)) || files.exists(new Path(staging(chunk), SUCCESS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the files of a chunk that are still where its job has written them. */
    void publish(Chunk chunk) throws IOException {
        for (FileStatus file : files.listStatus(staging(chunk))) {
            String name = file.getPath().getName();
            if (name.startsWith("part-")) {
                move(file, new Path(root, chunk.name() + "-" + name));
            }
        }
        files.create(done(chunk), true).close();
        files.delete(staging(chunk), true);
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
        files.delete(new Path(ours, "staging"), true);
        files.create(new Path(root, SUCCESS), true).close();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
