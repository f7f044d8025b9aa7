package io.github.tornadoctc.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** TornadoVM itself: whether this JVM has it, how it is started, and its devices. */
final class TornadoVm {
    private static final String NO_SDK =
            "this JVM runs without a TornadoVM SDK (sdk install tornadovm 5.2.0-jdk25-opencl, or set TORNADOVM_HOME)";

    /** The module that an SDK has the API in. */
    static final String SDK_MODULE = "tornado.api";

    /**
     * Without the first, a task that does not compile would silently run on one thread of the JVM, where every index is
     * 0. The second is the length of dozens of lists, one of events for each step of a graph, all of which TornadoVM
     * clears before every execution. Its default of 32768 makes that five megabytes for one loss, and half of what a
     * small call costs; no step waits for nearly so many events.
     */
    private static final Map<String, String> OPTIONS =
            Map.of("tornado.recover.bailout", "False", "tornado.max.events", "1024");

    private static @Nullable String failure;

    private TornadoVm() {}

    /**
     * A device by its place.
     *
     * @param id TornadoVM's backend and the device's number there, such as {@code 0:1}
     */
    record Place(String id, TornadoDevice device) {}

    /** Why this JVM cannot use TornadoVM, or empty if it can. */
    static Optional<String> missing() {
        return isInstalled() ? Optional.empty() : Optional.of(NO_SDK);
    }

    /**
     * Whether the API that the kernels were compiled against is here, and is that of an SDK, which has it as a module of
     * that name. Elsewhere it is the emulator's, or an API with nothing behind it.
     */
    private static boolean isInstalled() {
        try {
            return SDK_MODULE.equals(KernelContext.class.getModule().getName());
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /**
     * Every device of every backend, TornadoVM's default one first.
     *
     * @throws IllegalStateException if TornadoVM does not start, which names what is missing
     */
    static List<Place> devices() {
        TornadoRuntime runtime = running();
        List<Place> devices = new ArrayList<>();
        for (int i = 0; i < runtime.getNumBackends(); i++) {
            TornadoBackend backend = runtime.getBackend(i);
            for (int j = 0; j < backend.getNumDevices(); j++) {
                devices.add(new Place(i + ":" + j, backend.getDevice(j)));
            }
        }
        return devices;
    }

    /** What does not start does not start later either, and only the first error tells why. */
    private static synchronized TornadoRuntime running() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        try {
            return start();
        } catch (RuntimeException | Error e) {
            failure = "TornadoVM %s does not start: %s".formatted(SdkVersion.installed(), StartFailure.describe(e));
            throw new IllegalStateException(failure, e);
        }
    }

    /** TornadoVM reads its options once, when its first class is loaded; what the user has set stands. */
    private static TornadoRuntime start() {
        return TemporaryProperties.with(OPTIONS, TornadoRuntimeProvider::getTornadoRuntime);
    }
}
