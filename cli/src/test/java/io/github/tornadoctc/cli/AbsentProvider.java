package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import java.util.List;
import java.util.Optional;

/** A backend whose device is never there. */
public final class AbsentProvider implements CtcBackendProvider {
    @Override
    public String name() {
        return "absent";
    }

    @Override
    public int rank() {
        return 1000;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.of("nobody built it");
    }

    @Override
    public List<CtcDevice> devices() {
        return List.of();
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        throw new BackendUnavailableException("nobody built it");
    }
}
