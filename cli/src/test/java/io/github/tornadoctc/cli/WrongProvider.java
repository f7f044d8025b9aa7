package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A backend that does something wrong, for as long as a test says what; not there otherwise. */
public final class WrongProvider implements CtcBackendProvider {
    private static volatile @Nullable BiConsumer<CtcBatch, CtcResult> mistake;

    /** Makes the backend usable: it computes like the CPU and then makes this mistake; null makes it go away. */
    static void make(@Nullable BiConsumer<CtcBatch, CtcResult> newMistake) {
        mistake = newMistake;
    }

    @Override
    public String name() {
        return "wrong";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Optional<String> unavailable() {
        return mistake == null ? Optional.of("no test needs it") : Optional.empty();
    }

    @Override
    public List<CtcDevice> devices() {
        return List.of(new CtcDevice("0", "test", "a device"));
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        BiConsumer<CtcBatch, CtcResult> made = mistake;
        if (made == null) {
            throw new BackendUnavailableException("no test needs it");
        }
        return new Wrong(CtcBackends.open("cpu"), made);
    }

    private record Wrong(CtcBackend right, BiConsumer<CtcBatch, CtcResult> made) implements CtcBackend {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public String device() {
            return "a device";
        }

        @Override
        public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
            right.compute(batch, options, result);
            made.accept(batch, result);
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
