package io.github.tornadoctc.emulator.engine;

/** The code of a task, whatever its number of parameters. */
@FunctionalInterface
public interface KernelBody {
    void run(Object[] arguments);
}
