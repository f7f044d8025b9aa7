package io.github.tornadoctc.cpu;

/** Everything about one utterance that its recursions share. Reused, so that a steady stream allocates nothing. */
final class Utterance {
    final Target target = new Target();
    final Frames frames = new Frames();
    final Timeline time = new Timeline();
    /** α before the first frame of each segment. */
    final Checkpoints alphaAt = new Checkpoints();
    /** β after the last frame of each segment; only of an utterance that several threads share. */
    final Checkpoints betaAt = new Checkpoints();

    /** γ, if that is wanted and no gradient. */
    final Occupation occupation = new Occupation();

    /**
     * The likelihood is z · 2^zExponent · e^reference, for logits divided by the product of the normalisers. The exponent
     * is an integer, in a double because those of extended floats may go beyond a long.
     */
    double z;

    double zExponent;
    /** What emissions of frames are relative to, added up; for logits as normalisers have it, less the largest scores. */
    double reference;

    /** Whether β follows α. */
    boolean wantsPosteriors() {
        return frames.wantsGradient || occupation.isWanted();
    }

    /** Reads one of so many parts of the rows. */
    void readRows(Worker worker, int part, int parts) {
        long count = frames.count;
        frames.read(worker.rows(), target, (int) (count * part / parts), (int) (count * (part + 1) / parts));
    }
}
