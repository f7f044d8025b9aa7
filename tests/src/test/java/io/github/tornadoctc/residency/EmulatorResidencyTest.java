package io.github.tornadoctc.residency;

/** On the emulator, which has every type of array that a backend of TornadoVM may have. */
class EmulatorResidencyTest extends ResidencyTest {}
