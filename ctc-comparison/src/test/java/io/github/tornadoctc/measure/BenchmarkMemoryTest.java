package io.github.tornadoctc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkMemoryTest {
    private final CtcBatch batch = new CtcShape("small", 7, 3, 5, 2).randomBatch(1);
    private final Lender lender = new Lender();

    /** Keeps what it has lent, and computes nothing. */
    private static final class Lender implements CtcBackend {
        private final List<MemorySegment> lent = new ArrayList<>();

        @Override
        public String name() {
            return "lender";
        }

        @Override
        public String device() {
            return "none";
        }

        @Override
        public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MemorySegment allocate(long floats, Arena arena) {
            lent.add(CtcBackend.super.allocate(floats, arena));
            return lent.getLast();
        }

        @Override
        public void close() {}
    }

    @Test
    void aLentBatchIsTheSameInMemoryOfTheBackend() {
        try (Arena arena = Arena.ofShared()) {
            CtcBatch copy = BenchmarkMemory.lent(lender, batch, arena).batch();
            assertThat(copy.scores()).isEqualTo(lender.lent.getFirst());
            assertThat(copy.scores().mismatch(batch.scores())).isEqualTo(-1);
            assertThat(copy).hasToString(batch.toString());
            for (int b = 0; b < batch.batchSize(); b++) {
                assertThat(copy.inputLength(b)).isEqualTo(batch.inputLength(b));
                assertThat(copy.target(b)).isEqualTo(batch.target(b));
            }
        }
    }

    @Test
    void itsGradientIsInMemoryOfTheBackendToo() {
        try (Arena arena = Arena.ofShared()) {
            CtcResult result = BenchmarkMemory.lent(lender, batch, arena).result(CtcOptions.defaults());
            assertThat(lender.lent).hasSize(2);
            assertThat(result.gradient()).isEqualTo(lender.lent.getLast());
        }
    }

    @Test
    void lossesAloneHaveNoGradient() {
        try (Arena arena = Arena.ofShared()) {
            CtcOptions losses = CtcOptions.defaults().withGradient(false);
            assertThat(BenchmarkMemory.lent(lender, batch, arena).result(losses).hasGradient())
                    .isFalse();
        }
    }

    @Test
    void ofItsOwnTheCallerAsksNobody() {
        BenchmarkMemory own = BenchmarkMemory.own(batch);
        assertThat(own.batch()).isSameAs(batch);
        assertThat(own.result(CtcOptions.defaults()).hasGradient()).isTrue();
        assertThat(lender.lent).isEmpty();
    }
}
