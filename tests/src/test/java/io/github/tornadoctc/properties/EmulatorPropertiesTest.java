package io.github.tornadoctc.properties;

/** Small and few: each work-item runs on the JVM. */
class EmulatorPropertiesTest extends PropertiesTest {
    EmulatorPropertiesTest() {
        super("emulator", 1e-6, 1e-5, new Sizes(0, 16, 3, 10, 8), 12);
    }
}
