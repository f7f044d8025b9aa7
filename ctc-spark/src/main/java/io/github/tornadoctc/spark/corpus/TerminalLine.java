package io.github.tornadoctc.spark.corpus;

import java.io.OutputStream;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * The last line of a terminal, which is drawn again and again, while others print above it: what they print takes its place,
 * and it is drawn anew below their line.
 */
final class TerminalLine extends ConsoleProgressBarConsumer {
    private static final String BEGIN_AND_ERASE = "\r\033[K";

    private final PrintStream terminal;
    private String text = "";
    /** Whether somebody has printed the beginning of a line, which is not to be erased. */
    private boolean begun;

    TerminalLine(PrintStream terminal) {
        // what that would print is printed here; it knows how wide the terminal is
        super(new PrintStream(OutputStream.nullOutputStream()));
        this.terminal = terminal;
    }

    /** For others to print to. */
    PrintStream above() {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        print(bytes, offset, length);
                    }
                },
                true,
                terminal.charset());
    }

    private synchronized void print(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (!begun && !text.isEmpty()) {
            terminal.print(BEGIN_AND_ERASE);
        }
        terminal.write(bytes, offset, length);
        begun = bytes[offset + length - 1] != '\n';
        draw();
    }

    private void draw() {
        if (!begun && !text.isEmpty()) {
            terminal.print(BEGIN_AND_ERASE + text);
        }
        terminal.flush();
    }

    @Override
    public synchronized void accept(String newText) {
        text = newText;
        draw();
    }

    @Override
    public synchronized void clear() {
        if (!begun && !text.isEmpty()) {
            terminal.print(BEGIN_AND_ERASE);
            terminal.flush();
        }
        text = "";
    }

    @Override
    public void close() {
        clear();
        super.close();
    }
}
