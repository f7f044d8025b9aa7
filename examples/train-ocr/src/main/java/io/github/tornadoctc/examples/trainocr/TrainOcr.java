package io.github.tornadoctc.examples.trainocr;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The example's command line. */
@Command(
        name = "train-ocr",
        description = "Trains a network to read lines of text with the CTC loss, and has it read.",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class, ReadCommand.class, ProfileCommand.class})
public final class TrainOcr {
    private TrainOcr() {}

    /** Runs a command; ends with 0 if it was done and 2 if not, the reason being on stderr. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TrainOcr()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof IOException
                    || failure instanceof IllegalArgumentException
                    || failure instanceof IllegalStateException)) {
                throw failure;
            }
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
    }
}
