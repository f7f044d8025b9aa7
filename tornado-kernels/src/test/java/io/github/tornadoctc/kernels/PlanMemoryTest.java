package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/** On plans that are made up, of two caches. */
class PlanMemoryTest {
    /** What every plan takes. */
    private static final Capacity PLAN = Capacity.of(RowBuffer.ALL, Sizes.of(10, 2, 5, 3, false, 512));

    /** Room for three plans. */
    private final PlanMemory memory =
            new PlanMemory(new DeviceLimits("made up", 512, 3 * PLAN.bytes() + PLAN.bytes() / 2, 1L << 40));

    private final PlanCache<String, MadeUp> losses = new PlanCache<>(memory);
    private final PlanCache<String, MadeUp> alignments = new PlanCache<>(memory);
    private final List<MadeUp> made = new ArrayList<>();

    private static final class MadeUp implements CachedPlan {
        private boolean closed;

        @Nullable
        private RuntimeException atClosing;

        @Override
        public Capacity capacity() {
            return PLAN;
        }

        @Override
        public DevicePlan devicePlan() {
            throw new IllegalStateException("there is none");
        }

        @Override
        public void close() {
            closed = true;
            if (atClosing != null) {
                throw atClosing;
            }
        }
    }

    private MadeUp make(Capacity unused) {
        made.add(new MadeUp());
        return made.getLast();
    }

    /** A call that uses one plan. */
    private MadeUp use(PlanCache<String, MadeUp> cache, String kind) {
        return memory.call(() -> cache.get(kind, PLAN, this::make));
    }

    @Test
    void whatHasNotBeenUsedForLongestMakesRoomWhateverItIsOf() {
        MadeUp a = use(losses, "a");
        MadeUp b = use(alignments, "b");
        MadeUp c = use(losses, "c");
        assertThat(use(losses, "a")).isSameAs(a);
        MadeUp d = use(alignments, "d");
        assertThat(b.closed).isTrue();
        MadeUp e = use(losses, "e");
        assertThat(c.closed).isTrue();
        assertThat(made).filteredOn(plan -> !plan.closed).containsExactly(a, d, e);
    }

    @Test
    void whatIsClosedIsMadeAnewWhenItIsNeeded() {
        MadeUp a = use(losses, "a");
        for (String other : List.of("b", "c", "d")) {
            use(losses, other);
        }
        assertThat(a.closed).isTrue();
        assertThat(use(losses, "a")).isNotSameAs(a);
        assertThat(losses.made()).isEqualTo(5);
    }

    @Test
    void whatTakesMoreThanItsCapacityNeedsMoreRoom() {
        use(losses, "a");
        MadeUp b = use(losses, "b");
        memory.call(() -> losses.get("large", PLAN, PLAN.bytes(), this::make));
        assertThat(made.getFirst().closed).isTrue();
        assertThat(b.closed).isFalse();
    }

    @Test
    void ofOneCallNoPlanIsClosedForAnother() {
        use(alignments, "idle");
        memory.call(() -> {
            List<Optional<MadeUp>> found = new ArrayList<>();
            for (String kind : List.of("1", "2", "3", "4")) {
                found.add(losses.find(kind, PLAN, this::make));
            }
            assertThat(found.subList(0, 3)).allSatisfy(plan -> assertThat(plan).isPresent());
            assertThat(found.getLast()).isEmpty();
            return found;
        });
        assertThat(made).extracting(plan -> plan.closed).containsExactly(true, false, false, false);
    }

    @Test
    void theNextCallMayCloseWhatTheOneBeforeHasUsed() {
        use(losses, "1");
        use(losses, "2");
        use(losses, "3");
        assertThat(use(losses, "4").closed).isFalse();
        assertThat(made.getFirst().closed).isTrue();
    }

    @Test
    void thePlansOfACallThatFailsAreClosed() {
        MadeUp idle = use(losses, "idle");
        RuntimeException failure = new IllegalStateException("failed");
        assertThatIllegalStateException()
                .isThrownBy(() -> memory.call(() -> {
                    losses.get("used", PLAN, this::make).atClosing =
                            new IllegalStateException("half of it is not there");
                    throw failure;
                }))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(made.getLast().closed).isTrue();
        assertThat(idle.closed).isFalse();
        assertThat(use(losses, "used")).isSameAs(made.getLast()).isNotSameAs(made.get(1));
    }

    @Test
    void whereTheDeviceHasNoMemoryACallRunsOnceMoreWithoutAnyOtherPlan() {
        MadeUp idle = use(alignments, "idle");
        int[] attempts = {0};
        MadeUp found = memory.call(() -> {
            MadeUp plan = losses.get("a", PLAN, this::make);
            if (attempts[0]++ == 0) {
                throw new TornadoOutOfMemoryException("no memory");
            }
            return plan;
        });
        assertThat(made).extracting(plan -> plan.closed).containsExactly(true, true, false);
        assertThat(found).isSameAs(made.getLast());
        assertThat(idle.closed).isTrue();
    }

    @Test
    void andFailsIfThatIsNotEnough() {
        int[] attempts = {0};
        assertThatThrownBy(() -> memory.call(() -> {
                    attempts[0]++;
                    throw new TornadoOutOfMemoryException("no memory");
                }))
                .isInstanceOf(TornadoOutOfMemoryException.class);
        assertThat(attempts[0]).isEqualTo(2);
    }

    @Test
    void itRunsWithoutThePlansOfOtherBackendsThatAreIdle() {
        PlanMemory other = new PlanMemory(memory.limits());
        PlanCache<String, MadeUp> ofOther = new PlanCache<>(other);
        MadeUp idle = other.call(() -> ofOther.get("idle", PLAN, this::make));
        failOnce();
        assertThat(idle.closed).isTrue();
        assertThat(other.call(() -> ofOther.get("idle", PLAN, this::make))).isNotSameAs(idle);
    }

    @Test
    void butNotWithoutThoseOfABackendAtWork() throws InterruptedException {
        PlanMemory other = new PlanMemory(memory.limits());
        PlanCache<String, MadeUp> ofOther = new PlanCache<>(other);
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform()
                .start(() -> other.call(() -> {
                    MadeUp plan = ofOther.get("busy", PLAN, this::make);
                    atWork.countDown();
                    await(done);
                    return plan;
                }));
        await(atWork);
        MadeUp busy = made.getLast();
        failOnce();
        assertThat(busy.closed).isFalse();
        done.countDown();
        thread.join();
    }

    /** A call that finds no memory at its first attempt. */
    private void failOnce() {
        int[] attempts = {0};
        memory.call(() -> {
            if (attempts[0]++ == 0) {
                throw new TornadoOutOfMemoryException("no memory");
            }
            return true;
        });
        assertThat(attempts[0]).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
