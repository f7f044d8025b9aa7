package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class WorkItemOrderTest {
    private static final int ITEMS = 6;

    /** Writes down in which order the items of two groups come by, before and after a barrier. */
    private static void record(KernelContext context, IntArray log, IntArray next) {
        log.set(next.get(0), context.globalIdx);
        next.set(0, next.get(0) + 1);
        context.localBarrier();
        log.set(next.get(0), context.globalIdx);
        next.set(0, next.get(0) + 1);
    }

    private static List<Integer> recordIn(WorkItemOrder order) {
        IntArray log = new IntArray(4 * ITEMS);
        IntArray next = IntArray.fromElements(0);
        Emulator.withOrder(order)
                .run(() -> OneTask.run(
                        2 * ITEMS,
                        ITEMS,
                        graph -> graph.task("t", WorkItemOrderTest::record, new KernelContext(), log, next),
                        log,
                        next));
        List<Integer> recorded = new ArrayList<>();
        for (int item : log.toHeapArray()) {
            recorded.add(item);
        }
        return recorded;
    }

    @Test
    void itemsAndGroupsRunInAscendingOrderByDefault() {
        assertThat(recordIn(Emulator.options().order()))
                .containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void descendingOrderReversesItemsAndGroups() {
        assertThat(recordIn(WorkItemOrder.DESCENDING))
                .containsExactly(11, 10, 9, 8, 7, 6, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 5, 4, 3, 2, 1, 0);
    }

    @Test
    void aShuffleIsAnotherPermutationAfterEveryBarrierAndTheSameForTheSameSeed() {
        List<Integer> log = recordIn(WorkItemOrder.shuffle(1));
        List<List<Integer>> phases = IntStream.range(0, 4)
                .mapToObj(i -> log.subList(i * ITEMS, (i + 1) * ITEMS))
                .toList();
        for (List<Integer> phase : phases) {
            int first = phase.stream().anyMatch(item -> item >= ITEMS) ? ITEMS : 0;
            assertThat(phase)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(first, first + ITEMS).boxed().toList());
        }
        assertThat(phases.get(0)).isNotEqualTo(phases.get(1));
        assertThat(recordIn(WorkItemOrder.shuffle(1))).isEqualTo(log);
        assertThat(recordIn(WorkItemOrder.shuffle(2))).isNotEqualTo(log);
    }

    /** Each item reads its left neighbour's value in the same phase in which that one writes it: a race. */
    private static void shiftWithoutBarrier(KernelContext context, IntArray data) {
        int i = context.globalIdx;
        if (i > 0) {
            data.set(i, data.get(i - 1));
        }
    }

    private static int[] shift(WorkItemOrder order) {
        IntArray data = IntArray.fromElements(0, 1, 2, 3);
        Emulator.withOrder(order)
                .run(() -> OneTask.run(
                        4,
                        4,
                        graph -> graph.task("t", WorkItemOrderTest::shiftWithoutBarrier, new KernelContext(), data),
                        data));
        return data.toHeapArray();
    }

    @Test
    void aRaceShowsAsADifferenceBetweenOrders() {
        assertThat(shift(WorkItemOrder.ASCENDING)).containsExactly(0, 0, 0, 0);
        assertThat(shift(WorkItemOrder.DESCENDING)).containsExactly(0, 0, 1, 2);
    }

    @Test
    void ordersAreReadFromText() {
        assertThat(WorkItemOrder.parse("ascending")).isEqualTo(WorkItemOrder.ASCENDING);
        assertThat(WorkItemOrder.parse("descending")).isEqualTo(WorkItemOrder.DESCENDING);
        assertThat(WorkItemOrder.parse("shuffle")).isEqualTo(WorkItemOrder.shuffle(0));
        assertThat(WorkItemOrder.parse("shuffle:42")).isEqualTo(WorkItemOrder.shuffle(42));
        assertThatThrownBy(() -> WorkItemOrder.parse("random"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("random");
        assertThatThrownBy(() -> WorkItemOrder.parse("shuffle:x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shuffle:x");
    }
}
