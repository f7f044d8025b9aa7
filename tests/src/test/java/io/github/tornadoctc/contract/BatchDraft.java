package io.github.tornadoctc.contract;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** A batch in the making, of which a test changes one thing at a time. Drafts of one seed are alike. */
final class BatchDraft {
    private final int timeSteps;
    private final int batchSize;
    private final int symbols;
    /** Always time-major; {@link #build} puts them in the order of the layout. */
    private final float[] scores;

    private final int[] inputLengths;
    private final int[][] targets;
    private int blank;
    private Layout layout = Layout.TIME_MAJOR;

    private BatchDraft(int timeSteps, int batchSize, int symbols) {
        this.timeSteps = timeSteps;
        this.batchSize = batchSize;
        this.symbols = symbols;
        this.scores = new float[timeSteps * batchSize * symbols];
        this.inputLengths = new int[batchSize];
        this.targets = new int[batchSize][0];
        Arrays.fill(inputLengths, timeSteps);
    }

    /** T frames for each of B utterances of V symbols: scores 0, targets empty, blank 0. */
    static BatchDraft zeros(int timeSteps, int batchSize, int symbols) {
        return new BatchDraft(timeSteps, batchSize, symbols);
    }

    /** Scores standard normal, targets U labels that differ from their neighbours where there are two to choose from. */
    static BatchDraft random(long seed, int timeSteps, int batchSize, int symbols, int targetLength) {
        BatchDraft draft = new BatchDraft(timeSteps, batchSize, symbols);
        Random random = new Random(seed);
        for (int i = 0; i < draft.scores.length; i++) {
            draft.scores[i] = (float) random.nextGaussian();
        }
        for (int b = 0; b < batchSize; b++) {
            draft.targets[b] = randomTarget(random, symbols, targetLength);
        }
        return draft;
    }

    private static int[] randomTarget(Random random, int symbols, int length) {
        int[] target = new int[length];
        for (int u = 0; u < length; u++) {
            int labels = symbols - 1;
            target[u] = u == 0 || labels == 1
                    ? 1 + random.nextInt(labels)
                    : 1 + (target[u - 1] + random.nextInt(labels - 1)) % labels;
        }
        return target;
    }

    /** Utterance b keeps T − b frames and U − b labels, none of them fewer than half. */
    BatchDraft ragged() {
        for (int b = 0; b < batchSize; b++) {
            inputLengths[b] = Math.max(timeSteps - b, (timeSteps + 1) / 2);
            int labels = targets[b].length;
            targets[b] = Arrays.copyOf(targets[b], Math.max(labels - b, (labels + 1) / 2));
        }
        return this;
    }

    BatchDraft scaled(float factor) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= factor;
        }
        return this;
    }

    BatchDraft target(int b, int... labels) {
        targets[b] = labels;
        return this;
    }

    BatchDraft inputLength(int b, int frames) {
        inputLengths[b] = frames;
        return this;
    }

    BatchDraft blank(int index) {
        this.blank = index;
        return this;
    }

    BatchDraft layout(Layout order) {
        this.layout = order;
        return this;
    }

    BatchDraft score(int t, int b, int v, float value) {
        scores[(t * batchSize + b) * symbols + v] = value;
        return this;
    }

    float score(int t, int b, int v) {
        return scores[(t * batchSize + b) * symbols + v];
    }

    /** Every symbol of a frame. */
    BatchDraft frame(int t, int b, float value) {
        for (int v = 0; v < symbols; v++) {
            score(t, b, v, value);
        }
        return this;
    }

    /** One symbol in every frame of an utterance. */
    BatchDraft column(int b, int v, float value) {
        for (int t = 0; t < timeSteps; t++) {
            score(t, b, v, value);
        }
        return this;
    }

    /** Everything past the utterances' frames. */
    BatchDraft padding(float value) {
        for (int b = 0; b < batchSize; b++) {
            for (int t = inputLengths[b]; t < timeSteps; t++) {
                frame(t, b, value);
            }
        }
        return this;
    }

    /** The labels of utterance b. */
    int[] targetOf(int b) {
        return targets[b].clone();
    }

    CtcBatch build() {
        return builder().targets(targets).build();
    }

    /** The batch with its scores copied to that memory, which has room for them and no more. */
    CtcBatch buildIn(MemorySegment memory) {
        return buildIn(memory, ScoreType.FLOAT32);
    }

    /** The same, rounded to a type. */
    CtcBatch buildIn(MemorySegment memory, ScoreType type) {
        type.narrow(MemorySegment.ofArray(inLayout()), 0, memory, 0, scores.length);
        return builder().scores(memory, type).targets(targets).build();
    }

    /** The same in memory of its own. */
    CtcBatch build(ScoreType type) {
        return buildIn(Arena.ofAuto().allocate((long) type.bytes() * scores.length, Float.BYTES), type);
    }

    /** All but the targets. */
    CtcBatchBuilder builder() {
        return CtcBatch.builder(timeSteps, batchSize, symbols)
                .layout(layout)
                .blank(blank)
                .scores(inLayout())
                .inputLengths(inputLengths);
    }

    private float[] inLayout() {
        return layout == Layout.TIME_MAJOR ? scores : batchMajor();
    }

    private float[] batchMajor() {
        float[] turned = new float[scores.length];
        for (int t = 0; t < timeSteps; t++) {
            for (int b = 0; b < batchSize; b++) {
                int from = (t * batchSize + b) * symbols;
                System.arraycopy(scores, from, turned, (b * timeSteps + t) * symbols, symbols);
            }
        }
        return turned;
    }

    /** Utterance b as a batch of its own, without its padding. */
    BatchDraft alone(int b) {
        BatchDraft alone = zeros(inputLengths[b], 1, symbols)
                .target(0, targets[b])
                .blank(blank)
                .layout(layout);
        for (int t = 0; t < inputLengths[b]; t++) {
            for (int v = 0; v < symbols; v++) {
                alone.score(t, 0, v, score(t, b, v));
            }
        }
        return alone;
    }
}
