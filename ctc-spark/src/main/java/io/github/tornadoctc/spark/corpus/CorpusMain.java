package io.github.tornadoctc.spark.corpus;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs {@code ctc corpus}, and what {@code spark-submit} starts: the same arguments. */
public final class CorpusMain {
    private CorpusMain() {}

    /** Computes a corpus, and ends the process with the command's exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        // what libraries print must not end up among the results
        System.setOut(System.err);
        int code = run(true, out, err, args);
        out.flush();
        System.exit(code);
    }

    /**
     * Computes a corpus with output to {@code out} and errors, one line each, to {@code err}.
     *
     * @param alone whether nothing else in this JVM uses Spark
     * @return the exit code
     */
    static int run(boolean alone, PrintWriter out, PrintWriter err, String... args) {
        CorpusErrors errors = new CorpusErrors(err);
        return new CommandLine(new CorpusCommand(alone))
                .addMixin("errors", errors)
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, rest) -> errors.handle(e))
                .setExecutionExceptionHandler((e, failed, parsed) -> errors.handle(e))
                .execute(args);
    }
}
