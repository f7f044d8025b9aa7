package io.github.tornadoctc;

/**
 * A device that a backend can compute on.
 *
 * @param id what chooses it, such as {@code 0:1} for TornadoVM's backend 0, device 1
 * @param name its name as the driver or the system gives it
 * @param detail what a user choosing between devices wants to know: kind, memory, limits
 */
public record CtcDevice(String id, String name, String detail) {}
