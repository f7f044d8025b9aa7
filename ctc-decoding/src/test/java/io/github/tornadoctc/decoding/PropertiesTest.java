package io.github.tornadoctc.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every decoding, tried on random batches, from flat to peaked. */
class PropertiesTest {
    private static final BeamSearchOptions OPTIONS =
            BeamSearchOptions.defaults().withBeamWidth(8).withNBest(5);

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 8, 60})
    void anUtteranceIsDecodedAloneAsInABatchAndOnAnyNumberOfThreads(double deviation) {
        CtcBatch batch = RandomBatch.of(1, 40, 9, 12, 3, deviation);
        List<Decoding> decodings = new BeamSearchDecoder(OPTIONS.withMaxThreads(1)).decode(batch);
        assertThat(new BeamSearchDecoder(OPTIONS.withMaxThreads(7)).decode(batch))
                .isEqualTo(decodings);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcBatch alone = CtcBatch.builder(batch.inputLength(b), 1, batch.symbols())
                    .blank(batch.blank())
                    .scores(RandomBatch.frames(batch, b))
                    .inputLengths(batch.inputLength(b))
                    .targets(new int[1][0])
                    .build();
            assertThat(new BeamSearchDecoder(OPTIONS).decode(alone)).containsExactly(decodings.get(b));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 8, 60})
    void framesAsTheyComeGiveTheSameHoweverTheyAreDivided(double deviation) {
        CtcBatch batch = RandomBatch.of(2, 13, 1, 6, 0, deviation);
        float[] frames = RandomBatch.frames(batch, 0);
        Decoding whole = new BeamSearchDecoder(OPTIONS).decode(batch, 0);
        // a chunk ends after frame t where bit t is set
        for (int division = 0; division < 1 << batch.timeSteps(); division++) {
            StreamingDecoder streaming = new StreamingDecoder(batch.symbols(), batch.blank(), OPTIONS);
            int from = 0;
            for (int t = 0; t < batch.timeSteps(); t++) {
                int to = (t + 1) * batch.symbols();
                if ((division >> t & 1) == 1 || t == batch.timeSteps() - 1) {
                    streaming.accept(Arrays.copyOfRange(frames, from, to));
                    from = to;
                }
            }
            assertThat(streaming.finish()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 8, 60})
    void stableLabelsGrowAndAreOfEveryHypothesis(double deviation) {
        CtcBatch batch = RandomBatch.of(3, 60, 1, 6, 0, deviation);
        float[] frames = RandomBatch.frames(batch, 0);
        StreamingDecoder streaming = new StreamingDecoder(batch.symbols(), batch.blank(), OPTIONS);
        List<int[]> stable = new ArrayList<>();
        for (int t = 0; t < batch.timeSteps(); t++) {
            streaming.accept(Arrays.copyOfRange(frames, t * batch.symbols(), (t + 1) * batch.symbols()));
            stable.add(streaming.stableLabels());
            assertBeginsWith(streaming.best().orElseThrow(), streaming.stableLabels());
            // to ask for the result does not change it
            assertBeginsWith(streaming.finish().best(), streaming.stableLabels());
        }
        for (Hypothesis hypothesis : streaming.finish().hypotheses()) {
            stable.forEach(labels -> assertBeginsWith(hypothesis, labels));
        }
        assertThat(stable.getLast()).hasSizeGreaterThan(stable.getFirst().length);
    }

    private static void assertBeginsWith(Hypothesis hypothesis, int[] labels) {
        assertThat(Arrays.copyOf(hypothesis.labels(), labels.length)).isEqualTo(labels);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 8, 60})
    void symbolsUnderOtherNumbersAreTheSameLabelling(double deviation) {
        CtcBatch batch = RandomBatch.of(4, 30, 4, 9, 2, deviation);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, batch.symbols()).boxed().toList());
        Collections.shuffle(order, new Random(4));
        float[] scores = new float[batch.timeSteps() * batch.batchSize() * batch.symbols()];
        for (int i = 0; i < scores.length; i++) {
            int row = i / batch.symbols();
            scores[row * batch.symbols() + order.get(i % batch.symbols())] =
                    batch.score(row / batch.batchSize(), row % batch.batchSize(), i % batch.symbols());
        }
        CtcBatch permuted = CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .blank(order.get(batch.blank()))
                .scores(scores)
                .inputLengths(IntStream.range(0, batch.batchSize())
                        .map(batch::inputLength)
                        .toArray())
                .targets(new int[batch.batchSize()][0])
                .build();
        List<Decoding> decodings = new BeamSearchDecoder(OPTIONS).decode(permuted);
        List<Decoding> expected = new BeamSearchDecoder(OPTIONS).decode(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int i = 0; i < expected.get(b).hypotheses().size(); i++) {
                Hypothesis hypothesis = expected.get(b).hypotheses().get(i);
                Hypothesis other = decodings.get(b).hypotheses().get(i);
                assertThat(other.labels())
                        .isEqualTo(Arrays.stream(hypothesis.labels())
                                .map(order::get)
                                .toArray());
                // the sum of exponentials has another order
                assertThat(other.score()).isCloseTo(hypothesis.score(), within(1e-9));
            }
        }
    }

    /** Without a scorer only as many symbols are tried as fit into the beam; one that says nothing has all tried. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 2, 8, 60})
    void symbolsThatAreNotTriedWouldNotGetIntoTheBeam(double deviation) {
        CtcBatch batch = RandomBatch.of(6, 30, 4, 50, 1, deviation);
        for (int width : new int[] {1, 2, 5}) {
            BeamSearchOptions few = OPTIONS.withBeamWidth(width).withTokenThreshold(Double.POSITIVE_INFINITY);
            Scorer silent = () -> Scorer.none().start();
            assertThat(new BeamSearchDecoder(few).decode(batch))
                    .isEqualTo(new BeamSearchDecoder(few.withScorer(silent)).decode(batch));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 8, 60})
    void noHypothesisIsMoreProbableThanItsLossSays(double deviation) {
        CtcBatch batch = RandomBatch.of(5, 30, 3, 9, 0, deviation);
        int[][] found = new int[batch.batchSize()][];
        List<Decoding> decodings = new BeamSearchDecoder(OPTIONS.withBeamWidth(64)).decode(batch);
        for (int b = 0; b < found.length; b++) {
            found[b] = decodings.get(b).best().labels();
        }
        CtcBatch targeted = CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .scores(batch.scores())
                .inputLengths(IntStream.range(0, batch.batchSize())
                        .map(batch::inputLength)
                        .toArray())
                .targets(found)
                .build();
        for (int b = 0; b < found.length; b++) {
            double loss = new ForwardBackward(targeted, b, CtcOptions.defaults()).loss();
            double score = decodings.get(b).best().acousticScore();
            assertThat(score).isLessThanOrEqualTo(-loss + 1e-9);
            // at least the best path's, and most of what there is
            assertThat(score)
                    .isGreaterThanOrEqualTo(
                            GreedyDecoder.decode(batch, b, Scores.LOGITS).score() - 1e-9);
        }
    }
}
