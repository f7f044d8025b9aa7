package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** A task cannot run on the device. */
public class TornadoBailoutRuntimeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoBailoutRuntimeException(String msg) {
        super(msg);
    }

    public TornadoBailoutRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
