package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On plans that are made up: a second to compile, and pins that are taken when a test says so. */
class PlanCacheTest {
    private static final long FIRST_NANOS = 1_000_000_000L;

    /** So many bytes take a quarter of that longer without pins. */
    private static final long QUARTER = 2_500_000_000L;

    private final PlanCache<String, MadeUp> cache =
            new PlanCache<>(new PlanMemory(new DeviceLimits("made up", 512, 1L << 40, 1L << 40)));
    private final List<MadeUp> made = new ArrayList<>();
    private boolean pinsAreLost;

    private final class MadeUp implements CachedPlan {
        private final Capacity capacity;
        private boolean closed;

        MadeUp(Capacity capacity) {
            this.capacity = capacity;
            made.add(this);
        }

        @Override
        public Capacity capacity() {
            return capacity;
        }

        @Override
        public DevicePlan devicePlan() {
            throw new IllegalStateException("there is none");
        }

        @Override
        public boolean hasLostPins() {
            return pinsAreLost;
        }

        @Override
        public long firstNanos() {
            return FIRST_NANOS;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private MadeUp plan(String kind, int timeSteps) {
        return cache.get(kind, Capacity.of(RowBuffer.ALL, Sizes.of(timeSteps, 2, 5, 3, false, 512)), MadeUp::new);
    }

    @Test
    void aPlanServesWhatIsSmallerAndIsReplacedForWhatIsLarger() {
        MadeUp first = plan("a", 10);
        assertThat(plan("a", 7)).isSameAs(first);
        assertThat(plan("b", 7)).isNotSameAs(first);
        MadeUp larger = plan("a", 11);
        assertThat(first.closed).isTrue();
        assertThat(plan("a", 10)).isSameAs(larger);
        assertThat(cache.made()).isEqualTo(3);
    }

    @Test
    void whatHasNotBeenUsedForLongestIsNotKept() {
        MadeUp a = plan("a", 10);
        MadeUp b = plan("b", 10);
        MadeUp c = plan("c", 10);
        assertThat(plan("a", 10)).isSameAs(a);
        cache.keep(2);
        assertThat(made).filteredOn(plan -> plan.closed).containsExactly(b);
        cache.keep("a"::equals);
        assertThat(c.closed).isTrue();
        assertThat(plan("a", 10)).isSameAs(a);
    }

    @Test
    void copiesWithPinsAreNoReasonToMakeAPlanAnew() {
        MadeUp plan = plan("a", 10);
        cache.count(List.of(plan), 100 * QUARTER);
        assertThat(plan("a", 10)).isSameAs(plan);
    }

    @Test
    void allPlansAreMadeAnewWhenCopiesWithoutPinsHaveCostAsMuch() {
        MadeUp one = plan("a", 10);
        MadeUp other = plan("b", 10);
        pinsAreLost = true;
        for (int i = 0; i < 8; i++) {
            cache.count(List.of(one), QUARTER);
            assertThat(one.closed).isFalse();
        }
        cache.count(List.of(one), QUARTER);
        assertThat(one.closed).isTrue();
        assertThat(other.closed).isTrue();
        assertThat(plan("a", 10)).isNotSameAs(one);
    }

    @Test
    void theCountBeginsAnewThen() {
        pinsAreLost = true;
        cache.count(List.of(plan("a", 10)), 5 * QUARTER);
        MadeUp again = plan("a", 10);
        cache.count(List.of(again), 4 * QUARTER);
        assertThat(again.closed).isFalse();
        assertThat(made).hasSize(2);
    }
}
