package io.github.tornadoctc.emulator.engine;

import java.io.Serial;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** An index that is not one of a native array. A device would read or write whatever lies there. */
public final class NativeArrayIndexException extends IndexOutOfBoundsException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient TornadoNativeArray array;

    public NativeArrayIndexException(TornadoNativeArray array, int index, int size) {
        super("index " + index + " out of range for " + array.getClass().getSimpleName() + " of " + size + " elements");
        this.array = array;
    }

    TornadoNativeArray array() {
        return array;
    }
}
