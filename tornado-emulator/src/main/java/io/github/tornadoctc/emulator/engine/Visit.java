package io.github.tornadoctc.emulator.engine;

/**
 * A work-item between two barriers of its group, as those see it who come to the same memory.
 *
 * @param phase barriers that the group has passed
 * @param fence global barriers among them
 */
record Visit(int group, int item, int phase, int fence) {
    /** Whether what this one did to global memory and what {@code other} did come in a known order. */
    boolean isOrderedWith(Visit other) {
        return group == other.group && (item == other.item || fence != other.fence);
    }
}
