package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backends that take part in a comparison, opened once for all inputs. */
final class ComparedBackends implements AutoCloseable {
    private static final String EMULATOR = "emulator";
    /** T·B·(V + S) that the emulator, whose work-items are threads that wait for each other, does in a few seconds. */
    private static final long EMULATOR_LIMIT = 3_000_000;

    private final boolean named;
    private final List<CtcBackend> opened = new ArrayList<>();
    private final List<SkippedBackend> unusable = new ArrayList<>();

    private ComparedBackends(boolean named) {
        this.named = named;
    }

    /**
     * Opens the backends of these names or, if there are none, every one that can be used here.
     *
     * @throws BackendUnavailableException if one that is named cannot be used here
     */
    static ComparedBackends open(List<String> names) {
        ComparedBackends backends = new ComparedBackends(!names.isEmpty());
        try {
            if (backends.named) {
                names.forEach(name -> backends.opened.add(CtcBackends.open(name, null)));
            } else {
                CtcBackends.providers().forEach(backends::openIfUsable);
            }
            return backends;
        } catch (RuntimeException e) {
            backends.close();
            throw e;
        }
    }

    private void openIfUsable(CtcBackendProvider provider) {
        Optional<String> reason = provider.unavailable();
        if (reason.isPresent()) {
            unusable.add(new SkippedBackend(provider.name(), reason.get()));
            return;
        }
        try {
            opened.add(provider.open(null));
        } catch (BackendUnavailableException e) {
            unusable.add(new SkippedBackend(provider.name(), String.valueOf(e.getMessage())));
        }
    }

    /** Those to compute a batch on: all but the emulator, if it was not named and the batch is big. */
    List<CtcBackend> suitedTo(CtcBatch batch) {
        return opened.stream().filter(backend -> !isTooSlow(backend, batch)).toList();
    }

    /** Those not to compute a batch on, and why. */
    List<SkippedBackend> skippedFor(CtcBatch batch) {
        List<SkippedBackend> skipped = new ArrayList<>(unusable);
        opened.stream()
                .filter(backend -> isTooSlow(backend, batch))
                .map(backend -> new SkippedBackend(
                        backend.name(),
                        "it is slow and this batch is big; --backend %s includes it".formatted(EMULATOR)))
                .forEach(skipped::add);
        return skipped;
    }

    private boolean isTooSlow(CtcBackend backend, CtcBatch batch) {
        return !named && backend.name().equals(EMULATOR) && isBig(batch);
    }

    /** Whether a batch takes the emulator too long to be waited for unasked. */
    static boolean isBig(CtcBatch batch) {
        long states = 2L * batch.maxTargetLength() + 1;
        long work = (long) batch.timeSteps() * batch.batchSize() * (batch.symbols() + states);
        return work > EMULATOR_LIMIT;
    }

    @Override
    public void close() {
        opened.forEach(CtcBackend::close);
    }
}
