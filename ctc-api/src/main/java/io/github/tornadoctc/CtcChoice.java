package io.github.tornadoctc;

import java.util.Map;

/** Tells which backend {@link CtcBackends#best} takes for a call where there are several, and what each would cost. */
public interface CtcChoice extends CtcOperation {

    /** The backend that a call with this batch would be computed on now. It belongs to the one that was asked. */
    CtcBackend chosen(CtcBatch batch, CtcOptions options);

    /** Estimated nanoseconds of that call by the names of the backends, those included that are not started yet. */
    Map<String, Double> estimates(CtcBatch batch, CtcOptions options);
}
