package io.github.tornadoctc.kernels;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why TornadoVM has not started, in the words that help: mostly a driver's library that is not there. */
final class StartFailure {
    private static final String LIBRARY_PATH = "java.library.path";

    /** TornadoVM's own libraries, each of which needs those of a driver. */
    private static final String LIBRARIES = "*tornado-*";

    private StartFailure() {}

    /** In one line: the libraries that cannot be loaded, and else the innermost cause. */
    static String describe(Throwable error) {
        Set<String> reasons = new LinkedHashSet<>();
        Throwable innermost = error;
        for (Throwable at = error; at != null; at = at.getCause()) {
            innermost = at;
            if (at instanceof UnsatisfiedLinkError) {
                reasons.add(String.valueOf(at.getMessage()));
            }
        }
        if (reasons.isEmpty()) {
            reasons.addAll(unloadable(System.getProperty(LIBRARY_PATH, "")));
        }
        return reasons.isEmpty() ? innermost.toString() : String.join("; ", reasons);
    }

    /**
     * What the linker says of TornadoVM's libraries that cannot be loaded: its OpenCL backend hides that. Those that can are
     * then loaded, which does no harm any more.
     */
    @SuppressWarnings("restricted") // TornadoVM has tried to load the same
    static List<String> unloadable(String libraryPath) {
        List<String> reasons = new ArrayList<>();
        for (String directory : libraryPath.split(File.pathSeparator, -1)) {
            for (Path library : libraries(directory)) {
                try {
                    System.load(library.toString());
                } catch (UnsatisfiedLinkError e) {
                    reasons.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return reasons;
    }

    private static List<Path> libraries(String directory) {
        List<Path> libraries = new ArrayList<>();
        try {
            if (!directory.isEmpty() && Files.isDirectory(Path.of(directory))) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory), LIBRARIES)) {
                    files.forEach(file -> libraries.add(file.toAbsolutePath()));
                }
            }
        } catch (IOException | InvalidPathException e) {
            // then nothing is known of what is there
        }
        libraries.sort(null);
        return libraries;
    }
}
