package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** Device memory was used wrongly. */
public class TornadoMemoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoMemoryException(String msg) {
        super(msg);
    }
}
