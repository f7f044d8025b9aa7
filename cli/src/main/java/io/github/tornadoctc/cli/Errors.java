package io.github.tornadoctc.cli;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.io.BatchFileException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one line and an exit code of whatever went wrong. */
final class Errors {
    private final PrintWriter err;
    private final BooleanSupplier stackTrace;

    Errors(PrintWriter err, BooleanSupplier stackTrace) {
        this.err = err;
        this.stackTrace = stackTrace;
    }

    int handle(Throwable error) {
        String message = message(error);
        err.println("ctc: " + message.lines().map(String::strip).collect(joining(" ")));
        if (stackTrace.getAsBoolean()) {
            error.printStackTrace(err);
        }
        return exitCode(error);
    }

    private static int exitCode(Throwable error) {
        if (error instanceof ParameterException || error instanceof BatchFileException) {
            return ExitCode.BAD_INPUT;
        }
        return error instanceof BackendUnavailableException ? ExitCode.NO_DEVICE : ExitCode.FAILED;
    }

    private static String message(Throwable error) {
        if (error instanceof ParameterException usage) {
            CommandSpec command = usage.getCommandLine().getCommandSpec();
            return "%s (see %s --help)".formatted(message(usage, command), command.qualifiedName());
        }
        if (error instanceof OutOfMemoryError) {
            return MemoryNeed.advice(String.valueOf(error.getMessage()), 0);
        }
        if (error instanceof BatchFileException
                || error instanceof BackendUnavailableException
                || error instanceof BatchTooLargeException
                || error instanceof NotEnoughMemoryException) {
            return String.valueOf(error.getMessage());
        }
        return "%s (--stacktrace shows where)".formatted(error);
    }

    private static String message(ParameterException usage, CommandSpec command) {
        if (usage instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.subcommands().isEmpty()) {
            return "%s is no command; there are %s"
                    .formatted(
                            unmatched.getUnmatched().get(0),
                            String.join(", ", command.subcommands().keySet()));
        }
        if (usage instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            // what comes before and after it may be files, which are fine
            return "there is no option %s"
                    .formatted(unmatched.getUnmatched().stream()
                            .filter(argument -> argument.startsWith("-"))
                            .findFirst()
                            .orElse(unmatched.getUnmatched().get(0)));
        }
        return String.valueOf(usage.getMessage());
    }
}
