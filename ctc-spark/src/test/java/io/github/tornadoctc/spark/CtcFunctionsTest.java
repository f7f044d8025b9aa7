package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.align.Confidence;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.GreedyDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Whatever the partitions, windows and batches are, each row has the bits that its utterance has alone in one process. */
class CtcFunctionsTest {
    /** Of all lengths and of two numbers of symbols; with 32 kB windows and 8 kB batches there are many of each. */
    private static final List<Spoken> UTTERANCES = Spoken.several(300, 40, 1);

    private static final CorpusOptions SMALL = ON_CPU.withMemory(8 << 10, 32 << 10);

    private static Map<Object, Row> byId(Dataset<Row> results) {
        return results.collectAsList().stream().collect(toMap(row -> row.getAs("id"), Function.identity()));
    }

    private static Row of(Spoken utterance, Map<Object, Row> rows) {
        return Objects.requireNonNull(rows.get(utterance.id()), utterance.id());
    }

    @Test
    void lossesAreThoseOfOneProcess() {
        Map<Object, Row> rows = byId(CtcFunctions.loss(LocalSpark.dataset(UTTERANCES), SMALL));
        assertThat(rows).hasSameSizeAs(UTTERANCES);
        try (CtcBackend cpu = CtcBackends.open("cpu")) {
            for (Spoken utterance : UTTERANCES) {
                CtcResult alone =
                        cpu.compute(utterance.batch(), CtcOptions.defaults().withGradient(false));
                Row row = of(utterance, rows);
                assertThat(row.<Double>getAs("loss")).isEqualTo(alone.loss(0));
                assertThat(row.<String>getAs("status"))
                        .isEqualTo(alone.status(0).name());
                assertThat(row.<Integer>getAs("frames")).isEqualTo(utterance.frames());
                assertThat(row.<String>getAs("error")).isNull();
            }
        }
    }

    @Test
    void alignmentsAreThoseOfOneProcess() {
        Map<Object, Row> rows = byId(CtcFunctions.align(LocalSpark.dataset(UTTERANCES), SMALL));
        assertThat(rows).hasSameSizeAs(UTTERANCES);
        try (CtcBackend cpu = CtcBackends.open("cpu")) {
            CtcAligner aligner = cpu.operation(CtcAligner.class).orElseThrow();
            CtcPosteriors posteriors = cpu.operation(CtcPosteriors.class).orElseThrow();
            for (Spoken utterance : UTTERANCES) {
                CtcBatch batch = utterance.batch();
                CtcAlignment alone =
                        aligner.align(batch, AlignmentOptions.defaults()).getFirst();
                Row row = of(utterance, rows);
                assertThat(row.<String>getAs("status")).isEqualTo(alone.status().name());
                assertThat(row.<Double>getAs("score")).isEqualTo(alone.score());
                if (alone.status() != CtcStatus.OK) {
                    assertThat(row.<Object>getAs("spans")).isNull();
                    continue;
                }
                CtcOccupation occupation =
                        posteriors.posteriors(batch, Scores.LOGITS).getFirst();
                Confidence confidence = Confidence.of(alone, occupation);
                assertThat(row.<Double>getAs("confidence")).isEqualTo(confidence.ofUtterance());
                assertThat(row.<Row>getList(row.fieldIndex("spans")).stream().map(Row::toString))
                        .containsExactlyElementsOf(alone.spans().stream()
                                .map(span -> text(span, confidence))
                                .toList());
            }
        }
    }

    private static String text(AlignedSpan span, Confidence confidence) {
        return "[%s,null,%s,%s,%s,%s]"
                .formatted(span.symbol(), span.start(), span.end(), span.score(), confidence.ofLabel(span.label()));
    }

    @Test
    void textsAreThoseOfOneProcess() {
        Dataset<Row> dataset = LocalSpark.dataset(UTTERANCES).drop("target");
        Map<Object, Row> beams = byId(CtcFunctions.decode(dataset, SMALL.withBeam(4, 12)));
        Map<Object, Row> paths = byId(CtcFunctions.decode(dataset, SMALL.withBeam(1, 12)));
        BeamSearchDecoder decoder =
                new BeamSearchDecoder(BeamSearchOptions.defaults().withBeamWidth(4));
        for (Spoken utterance : UTTERANCES) {
            CtcBatch batch = utterance.batch();
            Row beam = of(utterance, beams);
            assertThat(labels(beam))
                    .containsExactly(decoder.decode(batch, 0).best().labels());
            assertThat(beam.<Double>getAs("score"))
                    .isEqualTo(decoder.decode(batch, 0).best().score());
            assertThat(labels(of(utterance, paths)))
                    .containsExactly(
                            GreedyDecoder.decode(batch, 0, Scores.LOGITS).labels());
        }
    }

    private static int[] labels(Row row) {
        return row.<Integer>getList(row.fieldIndex("labels")).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Test
    void rowsStayInTheirOrder() {
        Dataset<Row> one = LocalSpark.SESSION
                .createDataFrame(UTTERANCES.stream().map(Spoken::row).toList(), Spoken.SCHEMA)
                .coalesce(1);
        assertThat(CtcFunctions.loss(one, SMALL).collectAsList())
                .extracting(row -> row.<String>getAs("id"))
                .containsExactlyElementsOf(UTTERANCES.stream().map(Spoken::id).toList());
    }

    /** An id is the row's own: a dataset that has one twice has it twice afterwards. */
    @Test
    void rowsOfTheSameIdAreRows() {
        List<Spoken> twice = List.of(UTTERANCES.get(0), UTTERANCES.get(0), UTTERANCES.get(1));
        assertThat(CtcFunctions.loss(LocalSpark.dataset(twice), SMALL).collectAsList())
                .extracting(row -> row.getAs("id"))
                .containsExactlyInAnyOrder("utterance-0", "utterance-0", "utterance-1");
    }

    @Test
    void tokensMakeLabelsOfTextsAndTextsOfLabels() {
        List<String> tokens = List.of("<blank>", "a", "b", " ", "c");
        CorpusOptions options = SMALL.withInput(CorpusInput.defaults().withTokens(tokens));
        Spoken utterance = Spoken.random(new Random(2), "x", 30, 5);
        Row labelled = LocalSpark.dataset(
                        List.of(new Spoken("x", 30, 5, utterance.scores(), Arrays.asList(1, 2, 3, 4))))
                .first();
        Dataset<Row> labels = LocalSpark.dataset(List.of(labelled), Spoken.SCHEMA, 1);
        Dataset<Row> texts = labels.selectExpr("id", "T", "V", "scores", "'ab c' as target");
        Row ofLabels = CtcFunctions.align(labels, options).first();
        Row ofText = CtcFunctions.align(texts, options).first();
        assertThat(ofText).isEqualTo(ofLabels);
        assertThat(ofText.<Row>getList(ofText.fieldIndex("spans")))
                .extracting(span -> span.<String>getAs("token"))
                .containsExactly("a", "b", " ", "c");
        Row decoded = CtcFunctions.decode(labels, options).first();
        StringBuilder text = new StringBuilder();
        Arrays.stream(labels(decoded)).forEach(v -> text.append(tokens.get(v)));
        assertThat(decoded.<String>getAs("text")).isEqualTo(text.toString().strip());
    }
}
