package io.github.tornadoctc.spark.corpus;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Small files of which one of several processes is the one to create them. */
final class ExclusiveFile {
    private ExclusiveFile() {}

    /**
     * Creates a file unless it exists. HDFS makes sure that one of several succeeds; of local files Hadoop does not, but the
     * operating system does. An object store does if it has conditional writes and is told to use them, and else the last one
     * wins, so whoever has created a file there has to look at it again.
     *
     * @return whether this call has created it
     */
    static boolean create(FileSystem files, Path path, byte[] content) throws IOException {
        try (OutputStream out = files instanceof LocalFileSystem local
                ? Files.newOutputStream(local.pathToFile(path).toPath(), StandardOpenOption.CREATE_NEW)
                : files.create(path, false)) {
            out.write(content);
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        }
    }
}
