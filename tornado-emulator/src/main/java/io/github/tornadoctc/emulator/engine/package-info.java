/**
 * How the emulator works; nothing here is for use from outside. {@link GraphSpec} is a graph being built, {@link
 * DeviceGraph} one that runs, {@link Plan} several of them; {@link Launch} runs one task over a grid, {@link Group}
 * says which work-item is next, {@link Lane} is the thread it runs on; {@link WatchedLaunch} does so with a {@link
 * MemoryWatch} on every array; {@link Divergence}, {@link Faults} and {@link CallSites} say what went wrong where.
 */
@NullMarked
package io.github.tornadoctc.emulator.engine;

import org.jspecify.annotations.NullMarked;
