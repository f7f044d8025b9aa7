package io.github.tornadoctc.decoding;

/** Nothing is known of labellings. */
enum Unscored implements Scorer, Scorer.State {
    INSTANCE;

    @Override
    public State start() {
        return this;
    }

    @Override
    public State append(int symbol) {
        return this;
    }

    @Override
    public double score() {
        return 0;
    }

    @Override
    public double endScore() {
        return 0;
    }
}
