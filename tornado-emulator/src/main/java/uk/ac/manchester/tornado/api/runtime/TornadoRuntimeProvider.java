package uk.ac.manchester.tornado.api.runtime;

import io.github.tornadoctc.emulator.engine.EmulatedRuntime;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** Gives access to the runtime. */
public class TornadoRuntimeProvider {
    public TornadoRuntimeProvider() {}

    public static TornadoRuntime getTornadoRuntime() {
        return EmulatedRuntime.INSTANCE;
    }

    public static boolean isProfilerEnabled() {
        return EmulatedRuntime.INSTANCE.isProfilerEnabled();
    }

    public static void setProperty(String key, String value) {
        System.setProperty(key, value);
    }

    public static String getProperty(String key, String value) {
        return System.getProperty(key, value);
    }

    public static String getProperty(String key) {
        return System.getProperty(key);
    }
}
