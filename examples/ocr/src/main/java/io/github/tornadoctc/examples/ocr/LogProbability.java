package io.github.tornadoctc.examples.ocr;

/** From the network's probabilities to the batch's scores: natural logarithms with few enough bits to compress. */
final class LogProbability {
    /**
     * Bits of the fraction of a float that are dropped. The 12 that stay make scores between −32 and −16, where nearly
     * all are, multiples of 2⁻⁸, and leave every score right to 2⁻¹³ of itself. A step of 2⁻⁸ everywhere would not do:
     * on a line read well the likely symbols' scores are nearer to 0 than that, and they are what the loss is made of.
     */
    private static final int DROPPED_BITS = 11;

    /**
     * What a probability of 0 is taken for: the smallest normal float, so that a symbol that underflowed in the
     * network's softmax stays possible. No probability of the committed batch is below 1e-25.
     */
    private static final float LEAST = Float.MIN_NORMAL;

    private LogProbability() {}

    /** ln p, rounded. */
    static float of(float p) {
        return round((float) Math.log(Math.max(p, LEAST)));
    }

    /** The logarithms of probabilities {@code [t][v]}, rounded. */
    static float[][] of(float[][] probabilities) {
        float[][] logarithms = new float[probabilities.length][];
        for (int t = 0; t < probabilities.length; t++) {
            logarithms[t] = new float[probabilities[t].length];
            for (int v = 0; v < logarithms[t].length; v++) {
                logarithms[t][v] = of(probabilities[t][v]);
            }
        }
        return logarithms;
    }

    /** The nearest float whose fraction ends in {@value #DROPPED_BITS} zero bits; of two, the one further from 0. */
    static float round(float value) {
        int half = 1 << (DROPPED_BITS - 1);
        return Float.intBitsToFloat((Float.floatToRawIntBits(value) + half) & -(1 << DROPPED_BITS));
    }
}
