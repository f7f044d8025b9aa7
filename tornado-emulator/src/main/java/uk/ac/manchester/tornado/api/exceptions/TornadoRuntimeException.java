package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** A task graph could not be run. */
public class TornadoRuntimeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoRuntimeException(String msg) {
        super(msg);
    }

    public TornadoRuntimeException(Exception e) {
        super(e);
    }
}
