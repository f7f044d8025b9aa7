package io.github.tornadoctc.properties;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How large a random case is, and the seed that the rest of it comes from.
 *
 * @param timeSteps T
 * @param batchSize B
 * @param symbols V
 * @param targetLength U, of the longest target
 */
record Sizes(long seed, int timeSteps, int batchSize, int symbols, int targetLength) {

    /** Sizes up to these. */
    Sizes random(long newSeed) {
        Random random = new Random(newSeed);
        return new Sizes(
                newSeed,
                1 + random.nextInt(timeSteps),
                1 + random.nextInt(batchSize),
                2 + random.nextInt(symbols - 1),
                random.nextInt(targetLength + 1));
    }

    /** The same with one of the sizes halved, for each that can be. */
    List<Sizes> halved() {
        return Stream.of(
                        new Sizes(seed, timeSteps, Math.max(1, batchSize / 2), symbols, targetLength),
                        new Sizes(seed, Math.max(1, timeSteps / 2), batchSize, symbols, targetLength),
                        new Sizes(seed, timeSteps, batchSize, Math.max(2, symbols / 2), targetLength),
                        new Sizes(seed, timeSteps, batchSize, symbols, targetLength / 2))
                .filter(smaller -> !smaller.equals(this))
                .toList();
    }

    /** None larger than these. */
    Sizes atMost(int frames, int utterances, int alphabet, int labels) {
        return new Sizes(
                seed,
                Math.min(timeSteps, frames),
                Math.min(batchSize, utterances),
                Math.min(symbols, alphabet),
                Math.min(targetLength, labels));
    }

    @Override
    public String toString() {
        return "seed %d, T=%d B=%d V=%d U=%d".formatted(seed, timeSteps, batchSize, symbols, targetLength);
    }
}
