package io.github.tornadoctc.examples.trainocr;

/**
 * What decides the course of a training: with the same plan, fonts, thread count and engine it is the same to the bit.
 *
 * @param seed of the weights and of the lines
 * @param steps updates in all, which the learning rate is planned for
 * @param batchSize lines of a step
 * @param validationLines how many lines the error rate is measured on
 * @param validateEvery steps from one such measurement to the next
 */
record TrainingPlan(long seed, int steps, int batchSize, int validationLines, int validateEvery) {

    /**
     * All at once.
     *
     * @throws IllegalArgumentException if a number is less than 1
     */
    TrainingPlan {
        atLeastOne("steps", steps);
        atLeastOne("batch", batchSize);
        atLeastOne("validation-lines", validationLines);
        atLeastOne("validate-every", validateEvery);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("--%s = %d is less than 1".formatted(name, value));
        }
    }
}
