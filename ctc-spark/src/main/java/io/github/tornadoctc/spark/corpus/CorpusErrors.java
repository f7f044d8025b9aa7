package io.github.tornadoctc.spark.corpus;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.io.BatchFileException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Makes one line and an exit code of whatever went wrong, as the other commands do. */
final class CorpusErrors {
    private static final int BAD_INPUT = 2;
    private static final int NO_BACKEND = 3;
    private static final int FAILED = 4;

    @Option(names = "--stacktrace", description = "Print the stack trace of an error.")
    private boolean stackTrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option
    private boolean help;

    private final PrintWriter err;

    CorpusErrors(PrintWriter err) {
        this.err = err;
    }

    int handle(Exception error) {
        Throwable root = root(error);
        err.println("ctc: "
                + message(error, root)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(joining(" ")));
        if (stackTrace) {
            error.printStackTrace(err);
        }
        err.flush();
        if (isBadInput(error)) {
            return BAD_INPUT;
        }
        return root instanceof BackendUnavailableException ? NO_BACKEND : FAILED;
    }

    private static boolean isBadInput(Exception error) {
        return error instanceof ParameterException
                || error instanceof BatchFileException
                || error instanceof CorpusException
                || error instanceof IllegalArgumentException;
    }

    private static String message(Exception error, Throwable root) {
        if (error instanceof ParameterException usage) {
            return "%s (see ctc corpus --help)".formatted(usage.getMessage());
        }
        if (isBadInput(error) || root instanceof BackendUnavailableException) {
            return String.valueOf((isBadInput(error) ? error : root).getMessage());
        }
        String first = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return "%s: %s (--stacktrace shows where)".formatted(root.getClass().getName(), first);
    }

    /** What an executor has thrown is the cause of what Spark throws. */
    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
