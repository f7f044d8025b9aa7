package io.github.tornadoctc.cpu;

import java.util.Arrays;

/**
 * Whether all can be done by a time limit, in the order that {@link Schedule} has: whole utterances are dealt out, the
 * dearest first; rows of split ones come before that, or fill what is left of the threads' time; in what is left then are
 * directions, which may go from one thread to another but not be on two at once; and segments in the end.
 */
final class Allotment {
    private final Costs costs;
    private final Splitting splitting;
    private final double limit;
    /** When each thread is free, in rising order once whole utterances are dealt out. */
    private final double[] free;

    private double rows;
    private double directions;

    Allotment(Costs costs, Splitting splitting, int threads, double limit) {
        this.costs = costs;
        this.splitting = splitting;
        this.limit = limit;
        this.free = new double[threads];
        for (int rank = 0; rank < splitting.utterances(); rank++) {
            rows += costs.rows(rank);
            directions += costs.directions() * (double) costs.direction(rank);
        }
    }

    boolean fits() {
        if (splitting.rowsFirst()) {
            Arrays.fill(free, rows / free.length);
        }
        for (int rank = splitting.utterances(); rank < costs.utterances(); rank++) {
            int first = 0;
            for (int thread = 1; thread < free.length; thread++) {
                first = free[thread] < free[first] ? thread : first;
            }
            free[first] += costs.whole(rank);
            if (free[first] > limit) {
                return false;
            }
        }
        Arrays.sort(free);
        if (!splitting.rowsFirst()) {
            fill(rows);
        }
        return directionsFit();
    }

    /** Occupies those threads that are free first, until all that are occupied are free at one time. */
    private void fill(double work) {
        double sum = work;
        int threads = 0;
        while (threads < free.length && sum >= threads * free[threads]) {
            sum += free[threads++];
        }
        Arrays.fill(free, 0, threads, sum / threads);
    }

    /** Whether any number of directions, the longest, need no more time than as many threads have, those with most left. */
    private boolean directionsFit() {
        // half as long as its directions are an utterance's segments, in which no thread waits for another
        double end = costs.gradient() ? limit - directions / 2 / free.length : limit;
        double time = 0;
        double needed = 0;
        for (int direction = 0; direction < splitting.utterances() * costs.directions(); direction++) {
            time += direction < free.length ? Math.max(0, end - free[direction]) : 0;
            needed += costs.direction(direction / costs.directions());
            if (needed > time) {
                return false;
            }
        }
        return true;
    }
}
