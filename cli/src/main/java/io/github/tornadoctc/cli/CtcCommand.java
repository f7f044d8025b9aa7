package io.github.tornadoctc.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code ctc}, which only has subcommands, and the options that all of them share. */
@Command(
        name = "ctc",
        description = "Connectionist Temporal Classification: loss and gradient of batches, on GPU and CPU.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a comparison failed",
            "2:bad usage or bad input",
            "3:the backend or device that was asked for is not there",
            "4:anything else, such as too little memory"
        },
        subcommands = {
            LossCommand.class,
            CompareCommand.class,
            ExplainCommand.class,
            AlignCommand.class,
            PosteriorsCommand.class,
            DecodeCommand.class,
            ScoreCommand.class,
            CorpusCommand.class,
            BenchCommand.class,
            SoakCommand.class,
            KernelsCommand.class,
            DevicesCommand.class,
            CalibrateCommand.class,
            DemoCommand.class
        })
final class CtcCommand implements Callable<Integer> {
    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log more, such as why a backend was chosen; to stderr.")
    private boolean verbose;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean stackTrace;

    @Spec
    private CommandSpec spec;

    private final OutputStream bytes;

    CtcCommand() {
        this(OutputStream.nullOutputStream());
    }

    private CtcCommand(OutputStream bytes) {
        this.bytes = bytes;
    }

    /** Runs a command that writes no bytes to standard output. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(OutputStream.nullOutputStream(), out, err, args);
    }

    /**
     * Runs a command with output to {@code out} and errors, one line each, to {@code err}.
     *
     * @param bytes where output goes that is no text
     * @return the exit code
     */
    static int run(OutputStream bytes, PrintWriter out, PrintWriter err, String... args) {
        CtcCommand command = new CtcCommand(bytes);
        Errors errors = new Errors(err, () -> command.stackTrace);
        CommandLine line = new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setExecutionStrategy(command::execute)
                .setParameterExceptionHandler((e, rest) -> errors.handle(e))
                .setExecutionExceptionHandler((e, failed, parsed) -> errors.handle(e));
        try {
            return line.execute(args);
        } catch (Error e) {
            return errors.handle(e);
        }
    }

    /** Where the output of a command goes that is no text: standard output. */
    static OutputStream bytes(CommandSpec command) {
        return ((CtcCommand) command.root().userObject()).bytes;
    }

    private int execute(ParseResult parsed) {
        Logger ours = (Logger) LoggerFactory.getLogger("io.github.tornadoctc");
        ours.setLevel(verbose ? Level.INFO : Level.WARN);
        return new RunLast().execute(parsed);
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
