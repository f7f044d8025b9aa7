package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads end together, whatever the batch and however many they are; by the clock of made-up costs. */
class ScheduleTest {
    private static final int ROW_PARTS_OF_A_THREAD = 4;
    private static final int STEPS = 8;
    private static final int SEGMENTS = 20;

    /** Threads, B and the share of rows in the cost vary; utterances are alike, ragged, or of two sizes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 16, 24, 31, 32, 48, 64})
    void threadsEndTogether(int threads) {
        for (int size = 1; size <= 200; size += size < 40 ? 1 : 8) {
            for (int kind = 0; kind < 3; kind++) {
                for (double ofRows : new double[] {0.05, 0.3, 0.9}) {
                    Costs costs = costs(size, kind, ofRows, true);
                    double ratio = new Simulation(costs, threads, 1).makespan() / bound(costs, threads);
                    assertThat(ratio)
                            .as("%d threads, %d utterances of kind %d, %s of it rows", threads, size, kind, ofRows)
                            .isLessThanOrEqualTo(1.15);
                }
            }
        }
    }

    /** A split utterance takes α twice and β twice, where a whole one takes β once. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 16, 64})
    void whatSplittingCostsIsLessThanItGains(int threads) {
        for (int size = 1; size <= 200; size += size < 40 ? 1 : 8) {
            for (int kind = 0; kind < 3; kind++) {
                Costs costs = costs(size, kind, 0.3, true);
                double split = new Simulation(costs, threads, 2).makespan();
                assertThat(split / bound(costs, threads))
                        .as("%d threads, %d utterances of kind %d", threads, size, kind)
                        .isLessThanOrEqualTo(1.3);
            }
        }
    }

    @Test
    void nothingIsSplitThatIsNotWorthIt() {
        assertThat(new Costs(new long[] {1000, 900}, new long[] {5000, 4000}, true)
                        .split(16)
                        .utterances())
                .isZero();
        assertThat(costs(1, 0, 0.3, true).split(16).utterances()).isEqualTo(1);
        assertThat(costs(64, 0, 0.3, true).split(1).utterances()).isZero();
        assertThat(costs(64, 0, 0.3, true).split(2).utterances()).isZero();
        assertThat(costs(8, 0, 0.3, true).split(16).utterances()).isEqualTo(8);
    }

    @Test
    void everythingIsHandedOutOnce() {
        for (boolean gradient : new boolean[] {true, false}) {
            Simulation simulation = new Simulation(costs(9, 1, 0.3, gradient), 8, 1);
            simulation.makespan();
            assertThat(simulation.handedOut).isPositive();
            assertThat(simulation.finished).isEqualTo(9);
            assertThat(simulation.schedule.next().kind()).isEqualTo(Schedule.Kind.NOTHING);
        }
    }

    @Test
    void whatIsAbandonedIsAtItsEnd() {
        Schedule schedule = new Schedule(costs(3, 0, 0.5, true), new Splitting(1, true), 4);
        assertThat(schedule.next().kind()).isEqualTo(Schedule.Kind.ROWS);
        schedule.abandon();
        schedule.finish();
        assertThat(schedule.next().kind()).isEqualTo(Schedule.Kind.NOTHING);
    }

    private static Costs costs(int size, int kind, double ofRows, boolean gradient) {
        Random random = new Random(size);
        long[] whole = new long[size];
        for (int i = 0; i < size; i++) {
            double scale = kind == 0 ? 1 : kind == 1 ? 0.35 + 0.65 * random.nextDouble() : i % 5 == 0 ? 1 : 0.2;
            whole[i] = (long) (-1e8 * scale);
        }
        Arrays.sort(whole);
        long[] rows = Arrays.stream(whole).map(cost -> (long) (-cost * ofRows)).toArray();
        long[] pairs =
                Arrays.stream(whole).map(cost -> (long) (-cost * (1 - ofRows))).toArray();
        return new Costs(rows, pairs, gradient);
    }

    private static double bound(Costs costs, int threads) {
        double total = 0;
        for (int rank = 0; rank < costs.utterances(); rank++) {
            total += costs.whole(rank);
        }
        return Math.max(total / threads, costs.whole(0) / 2.0);
    }

    /** Threads that take an item whenever they are idle, and are at it for as long as it costs. */
    private static final class Simulation {
        private final Costs costs;
        private final int threads;
        /** What the segments of an utterance cost, in directions: 1 if splitting costs nothing more. */
        private final double segmentPasses;

        private final int rowParts;
        final Schedule schedule;
        private final PriorityQueue<Running> running = new PriorityQueue<>();
        private double now;
        private int idle;
        private int handedOut;
        private int finished;

        private record Running(double end, Schedule.Item item) implements Comparable<Running> {
            @Override
            public int compareTo(Running other) {
                return Double.compare(end, other.end);
            }
        }

        Simulation(Costs costs, int threads, double segmentPasses) {
            this.costs = costs;
            this.threads = threads;
            this.segmentPasses = segmentPasses;
            this.rowParts = ROW_PARTS_OF_A_THREAD * threads;
            this.schedule = new Schedule(costs, costs.split(threads), rowParts);
        }

        double makespan() {
            idle = threads;
            occupy();
            while (!running.isEmpty()) {
                Running first = running.remove();
                now = first.end;
                idle++;
                end(first.item);
                occupy();
            }
            return now;
        }

        private void occupy() {
            while (idle > 0) {
                Schedule.Item item = schedule.next();
                if (item.kind() == Schedule.Kind.WAIT || item.kind() == Schedule.Kind.NOTHING) {
                    return;
                }
                running.add(new Running(now + cost(item), item));
                handedOut++;
                idle--;
            }
        }

        private double cost(Schedule.Item item) {
            return switch (item.kind()) {
                case WHOLE -> costs.whole(item.rank());
                case ROWS -> (double) costs.rows(item.rank()) / rowParts;
                case ALPHA, BETA -> (double) costs.direction(item.rank()) / STEPS;
                default -> segmentPasses * costs.direction(item.rank()) / SEGMENTS;
            };
        }

        private void end(Schedule.Item item) {
            if (item.kind() == Schedule.Kind.WHOLE) {
                finish();
            } else if (schedule.done(item)) {
                if (item.kind() == Schedule.Kind.ROWS) {
                    schedule.openDirections(item.rank(), STEPS);
                } else if (item.kind() != Schedule.Kind.SEGMENT && costs.gradient()) {
                    schedule.openSegments(item.rank(), SEGMENTS);
                } else {
                    finish();
                }
            }
        }

        private void finish() {
            schedule.finish();
            finished++;
        }
    }
}
