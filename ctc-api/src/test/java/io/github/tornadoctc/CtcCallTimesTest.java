package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** With a clock that is made up. */
class CtcCallTimesTest {
    private long now;
    private int calls;

    private final MadeUpBackend provider = new MadeUpBackend("made up", 0, batch -> 0);
    private final CtcCallTimes times = new CtcCallTimes(provider.open(CtcConfiguration.defaults()), () -> now);

    @Test
    void theFastestCallCounts() {
        double nanos = times.nanos(() -> now += ++calls == 7 ? 5_000_000 : 20_000_000);
        assertThat(nanos).isEqualTo(5_000_000);
        assertThat(calls).isEqualTo(17);
    }

    @Test
    void callsGoOnWhileTheyBecomeFaster() {
        double nanos = times.nanos(() -> now += Math.max(1_000_000, 50_000_000 - 2_000_000L * calls++));
        assertThat(nanos).isEqualTo(1_000_000);
    }

    @Test
    void shortCallsGoOnForATime() {
        times.nanos(() -> {
            calls++;
            now += 1_000;
        });
        assertThat(now).isEqualTo(100_000_000);
    }

    @Test
    void longCallsEnd() {
        times.nanos(() -> {
            calls++;
            now += 4_000_000_000L;
        });
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void warmingUpGoesOnUntilCallsHaveNotFallenForTwoSeconds() {
        times.settle(() -> now += ++calls <= 3 ? 600_000_000 : 1_000_000);
        assertThat(now).isEqualTo(3 * 600_000_000L + 1_000_000 + 2_000_000_000);
    }

    @Test
    void aBackendThatHasMoreToWarmUpThanItsCallsDoesThatFirst() {
        CtcWarmUp ofBackend = () -> provider.events.add("warm up");
        provider.operations = List.of(ofBackend);
        times.warmUp(List.of(() -> {
            provider.events.add("call");
            now += 2_000_000_000;
        }));
        assertThat(provider.events).endsWith("warm up", "call", "call");
    }

    @Test
    void warmingUpEnds() {
        times.settle(() -> now += 1_900_000_000 - 200_000_000L * Math.min(9, calls++));
        assertThat(now).isLessThan(20_000_000_000L);
    }

    @Test
    void scoresAndGradientAreInLentMemoryIfThatIsTimed() {
        CtcCallTimes lent = times.inLentMemory();
        lent.call(3, 2, 4, 1, false);
        assertThat(provider.events).containsOnlyOnce("allocate");
        lent.call(3, 2, 4, 1, true).run();
        assertThat(provider.events).containsSubsequence("allocate", "allocate", "allocate", "compute lent");
        times.call(3, 2, 4, 1, true).run();
        assertThat(provider.events).endsWith("compute");
    }

    @Test
    void aBatchIsComputedOverAndOver() {
        CtcBackend backend = provider.open(CtcConfiguration.defaults());
        double nanos = new CtcCallTimes(backend, () -> now += 20_000_000).nanos(3, 2, 4, 1, true);
        assertThat(nanos).isEqualTo(20_000_000);
        assertThat(provider.computed()).isEqualTo(11);
    }
}
