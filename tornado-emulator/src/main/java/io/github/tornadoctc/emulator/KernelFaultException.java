package io.github.tornadoctc.emulator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A kernel went wrong; the message names the task, the group, the work-item and the kernel's line. */
public final class KernelFaultException extends TornadoRuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** A fault with that message; the cause is what the kernel threw, or null. */
    @SuppressWarnings("this-escape") // the only way to give this superclass both a message and a cause
    public KernelFaultException(String message, @Nullable Throwable cause) {
        super(message);
        initCause(cause);
    }
}
