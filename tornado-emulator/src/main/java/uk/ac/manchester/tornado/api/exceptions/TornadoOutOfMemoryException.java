package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** The device has no memory left. */
public class TornadoOutOfMemoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoOutOfMemoryException(String msg) {
        super(msg);
    }
}
