package io.github.tornadoctc.properties;

class CpuPropertiesTest extends PropertiesTest {
    CpuPropertiesTest() {
        super("cpu", 1e-12, 6e-8, new Sizes(0, 60, 6, 30, 25), 60);
    }
}
