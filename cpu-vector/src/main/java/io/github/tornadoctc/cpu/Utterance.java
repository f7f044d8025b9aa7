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

    /** The mantissa, in [1, 2), of the likelihood Z = z · 2^zExponent that the frames' relative emissions give. */
    double z;

    long zExponent;
}
