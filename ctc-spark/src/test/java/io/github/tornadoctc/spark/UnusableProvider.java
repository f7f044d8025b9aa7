package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import java.util.List;
import java.util.Optional;

/** A backend that is never there. */
public final class UnusableProvider implements CtcBackendProvider {
    @Override
    public String name() {
        return "unusable";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.of("it never can");
    }

    @Override
    public List<CtcDevice> devices() {
        return List.of();
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        throw new UnsupportedOperationException();
    }
}
