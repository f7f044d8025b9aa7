package uk.ac.manchester.tornado.api.exceptions;

import java.io.Serial;

/** There is no device with this index. */
public class TornadoDeviceNotFound extends TornadoRuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TornadoDeviceNotFound(String msg) {
        super(msg);
    }
}
