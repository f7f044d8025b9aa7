package io.github.tornadoctc.emulator;

import java.security.CodeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * TornadoVM's kernel API on the JVM: the classes of {@code uk.ac.manchester.tornado.api} beside this one run a task
 * graph's work-groups one after the other, the work-items of a group with real barriers, and report what a device
 * would not: barriers that not every item reaches, indices out of range, results that depend on the order of the items.
 *
 * <p>Where TornadoVM itself is installed its modules win over the classes of the same name here, and this class only
 * says so: {@link #isActive}.
 */
public final class Emulator {
    static final ScopedValue<EmulatorOptions> SCOPED = ScopedValue.newInstance();

    private Emulator() {}

    /** Whether the TornadoVM API that this program runs with is the emulator's. */
    public static boolean isActive() {
        return !KernelContext.class.getModule().isNamed()
                && Objects.equals(location(KernelContext.class), location(Emulator.class));
    }

    /** The options in force: those of {@link EmulatorOptions#run}, else those of the system properties. */
    public static EmulatorOptions options() {
        return SCOPED.isBound() ? SCOPED.get() : EmulatorOptions.fromProperties();
    }

    /** The options in force, with another order: {@code Emulator.withOrder(DESCENDING).run(plan::execute)}. */
    public static EmulatorOptions withOrder(WorkItemOrder order) {
        return options().withOrder(order);
    }

    /** The options in force, with barriers compared in every group or only in the first of a launch. */
    public static EmulatorOptions withChecks(boolean checks) {
        return options().withChecks(checks);
    }

    /** The options in force, with native arrays watched or not. */
    public static EmulatorOptions withRaces(boolean races) {
        return options().withRaces(races);
    }

    /** The options in force, with an exponential that is so many ulps too large, see {@link EmulatorOptions}. */
    public static EmulatorOptions withExponentialError(int ulps) {
        return options().withExponentialError(ulps);
    }

    /** What a kernel's {@code TornadoMath.exp} is; outside kernels, of the thread whose options these are. */
    public static float exponential(float value) {
        return SCOPED.isBound() ? SCOPED.get().exponential(value) : (float) Math.exp(value);
    }

    private static @Nullable Object location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation().toString();
    }
}
