package io.github.tornadoctc.properties;

import org.junit.jupiter.api.Tag;

/** On a device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoPropertiesTest extends PropertiesTest {
    TornadoPropertiesTest() {
        super("tornado", 1e-6, 1e-5, new Sizes(0, 60, 6, 30, 25), 15);
    }
}
