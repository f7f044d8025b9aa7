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
 */
public record EmulatorOptions(WorkItemOrder order, boolean checks, boolean races) {
    /** The property that names the order: {@code ascending}, {@code descending} or {@code shuffle[:seed]}. */
    public static final String ORDER_PROPERTY = "tornadoctc.emulator.order";

    /** The property that switches the checks on: {@code true}. */
    public static final String CHECKS_PROPERTY = "tornadoctc.emulator.checks";

    /** The property that lets native arrays be watched: {@code true}. */
    public static final String RACES_PROPERTY = "tornadoctc.emulator.races";

    /** What the system properties say. */
    public static EmulatorOptions fromProperties() {
        return new EmulatorOptions(
                WorkItemOrder.parse(System.getProperty(ORDER_PROPERTY, "ascending")),
                Boolean.getBoolean(CHECKS_PROPERTY),
                Boolean.getBoolean(RACES_PROPERTY));
    }

    /** The same with that order of the work-items. */
    public EmulatorOptions withOrder(WorkItemOrder order) {
        return new EmulatorOptions(order, checks, races);
    }

    /** The same with the barriers of every group checked or not. */
    public EmulatorOptions withChecks(boolean checks) {
        return new EmulatorOptions(order, checks, races);
    }

    /** The same with native arrays watched or not. */
    public EmulatorOptions withRaces(boolean races) {
        return new EmulatorOptions(order, checks, races);
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
