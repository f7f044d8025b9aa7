package io.github.tornadoctc.emulator;

/**
 * How the emulator runs kernels.
 *
 * @param order of the work-items between two barriers
 * @param checks whether every group's work-items are compared for waiting at the same barrier; without, only those of
 *     the first group of each launch are, because finding a call site costs as much as a barrier
 * @param races whether the accesses of kernels with a context to native arrays are watched, and a launch ends where two
 *     work-items come to an element, one of them to write, and nothing orders them, or where an element is read that
 *     nothing was ever written to; for that, every element of an argument takes some words of memory more
 * @param exponentialError how coarse a device's exponential is: of float, {@code TornadoMath.exp} in a kernel is 2 to the
 *     power of the rounded product x · log₂ e, as on GPUs that have an instruction for that, and so many ulps more, which
 *     may be negative; 0 for the float nearest to it
 */
public record EmulatorOptions(WorkItemOrder order, boolean checks, boolean races, int exponentialError) {
    /** The property that names the order: {@code ascending}, {@code descending} or {@code shuffle[:seed]}. */
    public static final String ORDER_PROPERTY = "tornadoctc.emulator.order";

    /** The property that switches the checks on: {@code true}. */
    public static final String CHECKS_PROPERTY = "tornadoctc.emulator.checks";

    /** The property that lets native arrays be watched: {@code true}. */
    public static final String RACES_PROPERTY = "tornadoctc.emulator.races";

    /** The property that says how coarse the exponential is: a number of ulps, 0 for an exact one. */
    public static final String EXPONENTIAL_PROPERTY = "tornadoctc.emulator.exponential";

    private static final float LOG2_E = 1.442695f;

    /** What the system properties say. */
    public static EmulatorOptions fromProperties() {
        return new EmulatorOptions(
                WorkItemOrder.parse(System.getProperty(ORDER_PROPERTY, "ascending")),
                Boolean.getBoolean(CHECKS_PROPERTY),
                Boolean.getBoolean(RACES_PROPERTY),
                Integer.getInteger(EXPONENTIAL_PROPERTY, 0));
    }

    /** The same with that order of the work-items. */
    public EmulatorOptions withOrder(WorkItemOrder order) {
        return new EmulatorOptions(order, checks, races, exponentialError);
    }

    /** The same with the barriers of every group checked or not. */
    public EmulatorOptions withChecks(boolean checks) {
        return new EmulatorOptions(order, checks, races, exponentialError);
    }

    /** The same with native arrays watched or not. */
    public EmulatorOptions withRaces(boolean races) {
        return new EmulatorOptions(order, checks, races, exponentialError);
    }

    /** The same with an exponential that is so many ulps too large. */
    public EmulatorOptions withExponentialError(int ulps) {
        return new EmulatorOptions(order, checks, races, ulps);
    }

    float exponential(float value) {
        if (exponentialError == 0) {
            return (float) Math.exp(value);
        }
        float nearest = (float) Math.pow(2, value * LOG2_E);
        // an ulp of 0 is a denormal number, which such a device does not have
        if (nearest < Float.MIN_NORMAL) {
            return 0;
        }
        return nearest + exponentialError * Math.ulp(nearest);
    }

    /** Runs {@code action} with these options for the kernels that its thread launches. */
    public void run(Runnable action) {
        ScopedValue.where(Emulator.SCOPED, this).run(action);
    }

    /** Runs {@code action} with these options for the kernels that its thread launches. */
    public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> action) throws X {
        return ScopedValue.where(Emulator.SCOPED, this).call(action);
    }
}
