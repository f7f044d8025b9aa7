package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** A task was given wrongly. */
public class TornadoTaskRuntimeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoTaskRuntimeException(String msg) {
        super(msg);
    }

    public TornadoTaskRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
