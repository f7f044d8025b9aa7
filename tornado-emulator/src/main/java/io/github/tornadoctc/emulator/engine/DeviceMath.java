package io.github.tornadoctc.emulator.engine;

import io.github.tornadoctc.emulator.Emulator;

/** Functions that a device computes less exactly than a JVM, as coarse as the options in force say. */
public final class DeviceMath {
    private DeviceMath() {}

    public static float exp(float value) {
        return Emulator.exponential(value);
    }
}
