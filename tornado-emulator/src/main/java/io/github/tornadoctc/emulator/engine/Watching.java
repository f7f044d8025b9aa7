package io.github.tornadoctc.emulator.engine;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Lets arrays be watched. Where they keep their watch is no part of the API, so their class hands it over here. */
public final class Watching {
    private static volatile @Nullable BiConsumer<TornadoNativeArray, @Nullable MemoryWatch> setter;

    private Watching() {}

    public static void register(BiConsumer<TornadoNativeArray, @Nullable MemoryWatch> setter) {
        Watching.setter = setter;
    }

    static void set(TornadoNativeArray array, @Nullable MemoryWatch watch) {
        Objects.requireNonNull(setter, "no native array was made yet").accept(array, watch);
    }
}
