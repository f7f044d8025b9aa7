package io.github.tornadoctc.compare;

/**
 * Places where something that must hold exactly does not.
 *
 * @param count how many
 * @param first the first of them, in words; empty if there is none
 */
public record Violations(long count, String first) {
    static final Violations NONE = new Violations(0, "");

    Violations and(Violations other) {
        return new Violations(count + other.count, count > 0 ? first : other.first);
    }

    @Override
    public String toString() {
        return count > 1 ? "%s, and %d more".formatted(first, count - 1) : first;
    }
}
