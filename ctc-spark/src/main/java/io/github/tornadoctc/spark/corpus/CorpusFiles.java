package io.github.tornadoctc.spark.corpus;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The Parquet files of a corpus: of a directory, of a file, or of whatever a pattern names. */
final class CorpusFiles {
    private final SparkSession session;
    private final String input;
    private final StructType schema;
    private final List<InputFile> files;

    /**
     * Lists them.
     *
     * @throws CorpusException if there are none
     */
    CorpusFiles(SparkSession session, String input) throws IOException {
        this.session = session;
        this.input = input;
        try {
            Dataset<Row> all = session.read().parquet(input);
            this.schema = all.schema();
            this.files = statuses(configuration(session), all.inputFiles());
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw new CorpusException(
                        "%s: no Parquet files can be read there: %s"
                                .formatted(
                                        input,
                                        String.valueOf(e.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse("")),
                        e);
            }
            throw e;
        }
    }

    private static List<InputFile> statuses(Configuration configuration, String[] paths) throws IOException {
        List<InputFile> files = new ArrayList<>();
        for (String name : paths) {
            Path path = new Path(URI.create(name));
            FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
            files.add(new InputFile(path.toString(), status.getLen(), status.getModificationTime()));
        }
        files.sort(Comparator.comparing(InputFile::path));
        return files;
    }

    /** The settings of file systems. */
    static Configuration configuration(SparkSession session) {
        return session.sparkContext().hadoopConfiguration();
    }

    List<InputFile> all() {
        return files;
    }

    StructType schema() {
        return schema;
    }

    /** The directory of the input: itself, or the one that its file is in, or where its pattern begins. */
    String directory() throws IOException {
        Path path = new Path(input);
        while (path.toString().matches(".*[*?\\[{].*") && path.getParent() != null) {
            path = path.getParent();
        }
        FileSystem system = path.getFileSystem(configuration(session));
        Path qualified = system.makeQualified(path);
        boolean directory = system.getFileStatus(qualified).isDirectory();
        return (directory || qualified.getParent() == null ? qualified : qualified.getParent()).toString();
    }

    /** Reads some of them; names of directories such as {@code lang=en} are columns, as they are of all. */
    Dataset<Row> read(Chunk chunk) throws IOException {
        DataFrameReader reader = session.read().schema(schema).option("basePath", directory());
        return reader.parquet(chunk.files().stream().map(InputFile::path).toArray(String[]::new));
    }
}
