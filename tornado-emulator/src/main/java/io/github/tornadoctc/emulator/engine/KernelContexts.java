package io.github.tornadoctc.emulator.engine;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;

/** Makes a work-item's context. The constructor that does is no part of the API, so the class hands it over here. */
public final class KernelContexts {
    private static volatile @Nullable Function<WorkItem, KernelContext> constructor;

    private KernelContexts() {}

    public static void register(Function<WorkItem, KernelContext> constructor) {
        KernelContexts.constructor = constructor;
    }

    static KernelContext create(WorkItem item) {
        return Objects.requireNonNull(constructor, "KernelContext is not initialised")
                .apply(item);
    }
}
