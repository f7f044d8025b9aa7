package io.github.tornadoctc;

import java.util.Map;

/** Tells which backend {@link CtcBackends#best} takes for a call where there are several, and what each would cost. */
public interface CtcChoice extends CtcOperation {

    /**
     * The backend that a call with these would be computed on now. It belongs to the one that was asked.
     *
     * @param result where to, which counts where it is in {@linkplain CtcBackend#allocate memory that was lent}
     */
    CtcBackend chosen(CtcBatch batch, CtcOptions options, CtcResult result);

    /** The same for a call that makes a result of its own. */
    default CtcBackend chosen(CtcBatch batch, CtcOptions options) {
        return chosen(batch, options, withoutGradient(batch, options));
    }

    /** Estimated nanoseconds of that call by the names of the backends, those included that are not started yet. */
    Map<String, Double> estimates(CtcBatch batch, CtcOptions options, CtcResult result);

    /** The same for a call that makes a result of its own. */
    default Map<String, Double> estimates(CtcBatch batch, CtcOptions options) {
        return estimates(batch, options, withoutGradient(batch, options));
    }

    /** A gradient that is not there is in no lent memory, and need not be allocated to say so. */
    private static CtcResult withoutGradient(CtcBatch batch, CtcOptions options) {
        return CtcResult.allocate(batch, options.withGradient(false));
    }
}
