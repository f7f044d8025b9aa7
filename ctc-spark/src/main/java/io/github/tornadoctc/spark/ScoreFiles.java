package io.github.tornadoctc.spark;

import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** Reads {@code .npy} files from whatever file systems the cluster knows. */
final class ScoreFiles implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern ABSOLUTE = Pattern.compile("/|[a-zA-Z][a-zA-Z0-9+.-]*:/");

    private final SerializableConfiguration configuration;
    private final String directory;

    /** With the settings of those file systems, and the directory where paths begin that are not absolute. */
    ScoreFiles(SerializableConfiguration configuration, String directory) {
        this.configuration = configuration;
        this.directory = directory;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or holds no array, naming it
     * @throws IllegalArgumentException if that is no path
     */
    NpyArray read(String name) throws IOException {
        // not by its parent and its name: a name may have a colon, as utterances' have
        Path path = new Path(ABSOLUTE.matcher(name).lookingAt() ? name : directory + "/" + name);
        FileSystem files = path.getFileSystem(configuration.value());
        try (InputStream in = files.open(path)) {
            return NpyFile.readStream(in, files.getFileStatus(path).getLen(), path.toString());
        } catch (FileNotFoundException e) {
            throw new IOException(path + ": no such file, or it may not be read", e);
        }
    }
}
