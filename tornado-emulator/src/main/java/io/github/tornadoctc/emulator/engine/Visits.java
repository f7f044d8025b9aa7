package io.github.tornadoctc.emulator.engine;

import org.jspecify.annotations.Nullable;

/**
 * Who has come to each element of an array in one launch, with one kind of access. Two visits to an element are enough
 * to remember. Groups run one after the other, so of two that have come one is unordered with whoever comes next; and
 * so it is with two work-items of a group between two of its fences.
 */
final class Visits {
    private final @Nullable Visit[] latest;
    private final @Nullable Visit[] other;

    Visits(int elements) {
        latest = new Visit[elements];
        other = new Visit[elements];
    }

    /** A visit to the element that nothing orders with {@code visit}, or {@code null}. */
    @Nullable
    Visit unorderedWith(Visit visit, int index) {
        Visit before = latest[index];
        if (before == null || before.isOrderedWith(visit)) {
            before = other[index];
        }
        return before == null || before.isOrderedWith(visit) ? null : before;
    }

    void add(Visit visit, int index) {
        Visit before = latest[index];
        if (before != null && !before.isOrderedWith(visit)) {
            Visit kept = other[index];
            if (kept == null || kept.group() == visit.group()) {
                other[index] = before;
            }
        }
        latest[index] = visit;
    }
}
