package io.github.tornadoctc.cli;

/** What the process says of how it went. */
final class ExitCode {
    static final int DONE = 0;
    /** A comparison found a backend too far off. */
    static final int COMPARISON_FAILED = 1;
    /** The command line or an input file is wrong. */
    static final int BAD_INPUT = 2;
    /** The backend or the device that was asked for is not there. */
    static final int NO_DEVICE = 3;
    /** Anything else: no memory, an output that cannot be written, an error of ours. */
    static final int FAILED = 4;

    private ExitCode() {}
}
