package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told of a TornadoVM that does not start. */
class StartFailureTest {
    private static final String MISSING =
            "/sdk/lib/libtornado-cuda.so: libcuda.so.1: cannot open shared object file: No such file or directory";

    @Test
    void aLibraryThatIsMissingIsNamed() {
        Error error = new ExceptionInInitializerError(new UnsatisfiedLinkError(MISSING));
        assertThat(StartFailure.describe(error)).isEqualTo(MISSING);
    }

    @Test
    void elseItIsTheInnermostCause() {
        Error error = new ExceptionInInitializerError(new IllegalStateException("no platform"));
        assertThat(StartFailure.describe(error)).isEqualTo("java.lang.IllegalStateException: no platform");
    }

    @Test
    void aLibraryThatCannotBeLoadedIsFoundWhereTheBackendHidesIt(@TempDir Path directory) throws IOException {
        Path library = Files.writeString(directory.resolve("libtornado-opencl.so"), "no library");
        Files.writeString(directory.resolve("libother.so"), "none of TornadoVM's");
        String path = directory.resolve("not there") + File.pathSeparator + directory;
        assertThat(StartFailure.unloadable(path)).singleElement().asString().contains(library.toString());
    }

    @Test
    void whereThereIsNoLibraryNoneIsUnloadable() {
        assertThat(StartFailure.unloadable("")).isEmpty();
    }
}
