package io.github.tornadoctc.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pins by NVIDIA's driver itself ("CUDA Driver API", memory management). TornadoVM 5.2.0's CUDA backend pins what it
 * copies as well, but one array at a time, which must not lie in another, and it takes back the pins of all plans when one
 * is closed. Memory that is pinned already it copies just as fast, and leaves pinned.
 */
final class CudaPins implements HostPins {
    private static final Logger LOG = LoggerFactory.getLogger(CudaPins.class);

    private static final String LIBRARY =
            System.getProperty("os.name", "").startsWith("Windows") ? "nvcuda.dll" : "libcuda.so.1";

    private static final int SUCCESS = 0;

    /** One of TornadoVM's; null while none is known. */
    private static @Nullable MemorySegment context;

    /** {@code CU_MEMHOSTREGISTER_PORTABLE}: for every context, and so for those that TornadoVM makes later. */
    private static final int PORTABLE = 1;

    private final MethodHandle getCurrent;
    private final MethodHandle push;
    private final MethodHandle pop;
    private final MethodHandle synchronize;
    private final MethodHandle register;
    private final MethodHandle unregister;

    private CudaPins(SymbolLookup driver) {
        this.getCurrent = function(driver, "cuCtxGetCurrent", ValueLayout.ADDRESS);
        this.push = function(driver, "cuCtxPushCurrent_v2", ValueLayout.ADDRESS);
        this.pop = function(driver, "cuCtxPopCurrent_v2", ValueLayout.ADDRESS);
        this.synchronize = function(driver, "cuCtxSynchronize");
        this.register = function(
                driver, "cuMemHostRegister_v2", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        this.unregister = function(driver, "cuMemHostUnregister", ValueLayout.ADDRESS);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(SymbolLookup driver, String name, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(driver.findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    /** The driver's; none where there is no driver, or this JVM must not call it. */
    @SuppressWarnings("restricted")
    static Optional<HostPins> open() {
        try {
            CudaPins pins = new CudaPins(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
            pins.learnContext();
            return Optional.of(pins);
        } catch (RuntimeException e) {
            LOG.info("memory is pinned by TornadoVM alone: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public boolean pin(MemorySegment memory) {
        int result = inContext(() -> call(register, memory, memory.byteSize(), PORTABLE));
        if (result != SUCCESS) {
            LOG.info("{} bytes are not pinned: {}", memory.byteSize(), result);
        }
        return result == SUCCESS;
    }

    @Override
    public void unpin(MemorySegment memory) {
        int result = inContext(() -> {
            // nothing may be on its way there still
            int finished = call(synchronize);
            return finished == SUCCESS ? call(unregister, memory) : finished;
        });
        if (result != SUCCESS) {
            LOG.warn("{} bytes are still pinned: {}", memory.byteSize(), result);
        }
    }

    private interface DriverCall {
        int result();
    }

    /** Runs it with a context current; the driver's error if there is none. */
    private int inContext(DriverCall driverCall) {
        int pushed = call(push, learnContext());
        if (pushed != SUCCESS) {
            return pushed;
        }
        try {
            return driverCall.result();
        } finally {
            try (Arena arena = Arena.ofConfined()) {
                call(pop, arena.allocate(ValueLayout.ADDRESS));
            }
        }
    }

    /** TornadoVM makes a context current on the thread that starts it, and on every thread that executes a plan. */
    private MemorySegment learnContext() {
        synchronized (CudaPins.class) {
            if (context == null) {
                context = current();
            }
            return context == null ? MemorySegment.NULL : context;
        }
    }

    private @Nullable MemorySegment current() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment current =
                    call(getCurrent, found) == SUCCESS ? found.get(ValueLayout.ADDRESS, 0) : MemorySegment.NULL;
            return current.equals(MemorySegment.NULL) ? null : current;
        }
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
