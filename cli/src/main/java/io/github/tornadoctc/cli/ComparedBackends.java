package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.compare.Candidate;
import io.github.tornadoctc.compare.SkippedBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The backends that take part in a comparison, opened once for all inputs. */
final class ComparedBackends implements AutoCloseable {
    private static final String EMULATOR = "emulator";
    /** T·B·(V + S) that the emulator does in a few seconds: its work-items are threads that wait for each other. */
    private static final long EMULATOR_LIMIT = 3_000_000;

    private final boolean named;
    private final List<Candidate> opened = new ArrayList<>();
    private final List<SkippedBackend> unusable = new ArrayList<>();

    private ComparedBackends(boolean named) {
        this.named = named;
    }

    /**
     * Opens these backends or, if there are none, every one that can be used here, on every one of its devices.
     *
     * @throws BackendUnavailableException if one that is named cannot be used here
     */
    static ComparedBackends open(List<BackendChoice> choices) {
        ComparedBackends backends = new ComparedBackends(!choices.isEmpty());
        try {
            if (backends.named) {
                choices.forEach(backends::open);
            } else {
                CtcBackends.providers().forEach(backends::openIfUsable);
            }
            return backends;
        } catch (RuntimeException e) {
            backends.close();
            throw e;
        }
    }

    private void open(BackendChoice choice) {
        CtcBackend backend = CtcBackends.open(choice.name(), choice.configuration());
        // auto is the name of no backend
        opened.add(new Candidate(choice.device() == null ? backend.name() : choice.label(), backend));
    }

    private void openIfUsable(CtcBackendProvider provider) {
        Optional<String> reason = provider.unavailable();
        if (reason.isPresent()) {
            unusable.add(new SkippedBackend(provider.name(), reason.get()));
            return;
        }
        List<CtcDevice> devices = provider.devices();
        if (devices.size() < 2) {
            openIfUsable(provider, null);
        } else {
            devices.forEach(device -> openIfUsable(provider, device.id()));
        }
    }

    private void openIfUsable(CtcBackendProvider provider, @Nullable String device) {
        String label = new BackendChoice(provider.name(), device).label();
        try {
            opened.add(new Candidate(
                    label, provider.open(CtcConfiguration.defaults().withDevice(device))));
        } catch (BackendUnavailableException e) {
            unusable.add(new SkippedBackend(label, String.valueOf(e.getMessage())));
        }
    }

    /** Those to compute a batch on: all but the emulator, if it was not named and the batch is big. */
    List<Candidate> suitedTo(CtcBatch batch) {
        return opened.stream().filter(candidate -> !isTooSlow(candidate, batch)).toList();
    }

    /** Those not to compute a batch on, and why. */
    List<SkippedBackend> skippedFor(CtcBatch batch) {
        List<SkippedBackend> skipped = new ArrayList<>(unusable);
        opened.stream()
                .filter(candidate -> isTooSlow(candidate, batch))
                .map(candidate -> new SkippedBackend(
                        candidate.label(),
                        "it is slow and this batch is big; --backend %s includes it".formatted(EMULATOR)))
                .forEach(skipped::add);
        return skipped;
    }

    private boolean isTooSlow(Candidate candidate, CtcBatch batch) {
        return !named && candidate.backend().name().equals(EMULATOR) && isBig(batch);
    }

    /** Whether a batch takes the emulator so long that it must have been asked for by name. */
    static boolean isBig(CtcBatch batch) {
        long states = 2L * batch.maxTargetLength() + 1;
        long work = (long) batch.timeSteps() * batch.batchSize() * (batch.symbols() + states);
        return work > EMULATOR_LIMIT;
    }

    @Override
    public void close() {
        opened.forEach(candidate -> candidate.backend().close());
    }
}
