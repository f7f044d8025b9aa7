package io.github.tornadoctc.emulator;

/**
 * How the emulator runs kernels.
 *
 * @param order of the work-items between two barriers
 * @param checks whether every group's work-items are compared for waiting at the same barrier; without, only those of
 *     the first group of each launch are, because finding a call site costs as much as a barrier
 */
public record EmulatorOptions(WorkItemOrder order, boolean checks) {
    /** The property that names the order: {@code ascending}, {@code descending} or {@code shuffle[:seed]}. */
    public static final String ORDER_PROPERTY = "tornadoctc.emulator.order";

    /** The property that switches the checks on: {@code true}. */
    public static final String CHECKS_PROPERTY = "tornadoctc.emulator.checks";

    /** What the system properties say. */
    public static EmulatorOptions fromProperties() {
        return new EmulatorOptions(
                WorkItemOrder.parse(System.getProperty(ORDER_PROPERTY, "ascending")),
                Boolean.getBoolean(CHECKS_PROPERTY));
    }

    public EmulatorOptions withOrder(WorkItemOrder order) {
        return new EmulatorOptions(order, checks);
    }

    public EmulatorOptions withChecks(boolean checks) {
        return new EmulatorOptions(order, checks);
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
