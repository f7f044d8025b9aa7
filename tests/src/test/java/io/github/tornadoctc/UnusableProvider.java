package io.github.tornadoctc;

import java.util.List;
import java.util.Optional;

/** Ranked above every other backend, and never usable: what it takes to see a choice fall back. */
public final class UnusableProvider implements CtcBackendProvider {
    static final String REASON = "it exists only to be passed over";

    @Override
    public String name() {
        return "unusable";
    }

    @Override
    public int rank() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.of(REASON);
    }

    @Override
    public List<CtcDevice> devices() {
        return List.of();
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        throw new AssertionError("opened though unavailable");
    }
}
