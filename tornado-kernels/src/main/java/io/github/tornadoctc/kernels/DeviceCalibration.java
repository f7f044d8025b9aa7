package io.github.tornadoctc.kernels;

import java.util.HashMap;
import java.util.Map;

/**
 * The constants of {@link DeviceCosts} but for the start, from what a few batches take, in each of which another of scores,
 * pairs, frames and the call itself is what takes the time.
 */
final class DeviceCalibration {
    static final int FEW = 8;

    private static final int LABELS = 20;

    /** More utterances than any device has room for at once. */
    private static final int MANY = 512;

    private static final int FRAMES_OF_MANY = 200;

    /** Symbols that make a batch of many large: 65 MB of scores. */
    private static final int SYMBOLS = 160;

    private static final int FRAMES_OF_ONE = 1000;

    private static final double ROWS_OF_MANY = (double) FRAMES_OF_MANY * MANY;

    private final Times times;
    private final Map<String, Double> constants = new HashMap<>();

    private DeviceCalibration(Times times) {
        this.times = times;
    }

    /** What batches take whose utterances are all alike. */
    interface Times {
        /**
         * Nanoseconds of a call, as {@link io.github.tornadoctc.CtcCallTimes#nanos} has them.
         *
         * @param lent whether scores and gradient are in memory that the backend has lent
         */
        double nanos(int timeSteps, int batchSize, int symbols, int targetLength, boolean gradient, boolean lent);
    }

    static Map<String, Double> measure(Times times) {
        DeviceCalibration calibration = new DeviceCalibration(times);
        calibration.measure(false);
        calibration.measure(true);
        return calibration.constants;
    }

    /** The largest comes first, so that its plan serves the others as well and nothing is compiled twice. */
    private void measure(boolean gradient) {
        double large = times.nanos(FRAMES_OF_MANY, MANY, SYMBOLS, LABELS, gradient, false);
        double many = times.nanos(FRAMES_OF_MANY, MANY, FEW, LABELS, gradient, false);
        double one = times.nanos(FRAMES_OF_ONE, 1, FEW, LABELS, gradient, false);
        double call = times.nanos(FEW, 1, FEW, 1, gradient, false);
        double score = Math.max(0, large - many) / (ROWS_OF_MANY * (SYMBOLS - FEW));
        double pairs = Math.max(0, many - call - ROWS_OF_MANY * FEW * score);
        put(DeviceCosts.CALL, call);
        put(DeviceCosts.name(DeviceCosts.SCORE, gradient), score);
        put(DeviceCosts.name(DeviceCosts.FRAME, gradient), Math.max(0, one - call) / (FRAMES_OF_ONE - FEW));
        put(DeviceCosts.name(DeviceCosts.PAIR, gradient), pairs / (ROWS_OF_MANY * (LABELS + 1)));
        measureLent(gradient, pairs);
    }

    /**
     * Two batches more: the recursions are the same wherever the scores come from. In lent memory every batch has a plan of
     * its own, to be compiled.
     *
     * @param pairs what the recursions of the large batch take
     */
    private void measureLent(boolean gradient, double pairs) {
        double large = times.nanos(FRAMES_OF_MANY, MANY, SYMBOLS, LABELS, gradient, true);
        double call = times.nanos(FEW, 1, FEW, 1, gradient, true);
        put(DeviceCosts.LENT + DeviceCosts.CALL, call);
        put(
                DeviceCosts.LENT + DeviceCosts.name(DeviceCosts.SCORE, gradient),
                Math.max(0, large - call - pairs) / (ROWS_OF_MANY * SYMBOLS));
    }

    private void put(String name, double value) {
        constants.put(name, value);
    }
}
