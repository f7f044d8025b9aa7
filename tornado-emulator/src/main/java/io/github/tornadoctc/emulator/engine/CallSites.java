package io.github.tornadoctc.emulator.engine;

import java.lang.StackWalker.StackFrame;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the kernel's own lines in a stack. */
final class CallSites {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private CallSites() {}

    /** The kernel's frames of this thread, innermost first. */
    static List<StackFrame> current() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> isInfrastructure(frame.getClassName()))
                .takeWhile(frame -> !isInfrastructure(frame.getClassName()))
                .toList());
    }

    /** Whether both stacks are at the same place of the same code. */
    static boolean same(List<StackFrame> a, List<StackFrame> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            StackFrame x = a.get(i);
            StackFrame y = b.get(i);
            if (x.getByteCodeIndex() != y.getByteCodeIndex()
                    || !x.getMethodName().equals(y.getMethodName())
                    || !x.getClassName().equals(y.getClassName())) {
                return false;
            }
        }
        return true;
    }

    static String describe(List<StackFrame> frames) {
        return frames.isEmpty() ? "an unknown line" : describe(frames.getFirst().toStackTraceElement());
    }

    /** The innermost line of the kernel, or {@code null}. */
    static @Nullable String describe(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !isInfrastructure(frame.getClassName()))
                .findFirst()
                .map(CallSites::describe)
                .orElse(null);
    }

    private static String describe(StackTraceElement frame) {
        String type = frame.getClassName();
        String method = type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
        return method + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }

    private static boolean isInfrastructure(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("uk.ac.manchester.tornado.api.")
                || className.startsWith("io.github.tornadoctc.emulator.engine.");
    }
}
