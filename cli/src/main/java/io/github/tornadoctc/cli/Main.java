package io.github.tornadoctc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs the command line in a process of its own. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(stdout, StandardCharsets.UTF_8));
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        // what libraries print must not end up among the results
        System.setOut(System.err);
        int code = CtcCommand.run(stdout, out, err, args);
        out.flush();
        if (stdout.failure() != null) {
            err.println("ctc: stdout: cannot be written: " + stdout.failure());
            code = ExitCode.FAILED;
        }
        // drivers leave threads behind that are not daemons
        System.exit(code);
    }
}
