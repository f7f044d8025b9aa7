package io.github.tornadoctc.emulator.engine;

import java.lang.StackWalker.StackFrame;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
        String place = describe(frames.stream().map(StackFrame::toStackTraceElement));
        return place == null ? "an unknown line" : place;
    }

    /** The kernel's place in the stack of an exception or of a thread that waits, or {@code null}. */
    static @Nullable String describe(StackTraceElement[] stack) {
        return describe(Arrays.stream(stack)
                .dropWhile(frame -> isInfrastructure(frame.getClassName()))
                .takeWhile(frame -> !isInfrastructure(frame.getClassName())));
    }

    /** The innermost line, and the lines that led there; not a lambda that only passes its arguments on. */
    private static @Nullable String describe(Stream<StackTraceElement> kernel) {
        List<StackTraceElement> frames = kernel.toList();
        return Stream.concat(frames.stream().limit(1), frames.stream().skip(1).filter(frame -> !frame.getMethodName()
                        .startsWith("lambda$")))
                .map(CallSites::describe)
                .reduce((inner, outer) -> inner + " called from " + outer)
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
