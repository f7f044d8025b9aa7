package io.github.tornadoctc.spark;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.align.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Losses, and when what is said. */
record AlignOperation(CorpusOptions options) implements CorpusOperation {
    private static final StructType SPAN = new StructType()
            .add("symbol", DataTypes.IntegerType, false)
            .add("token", DataTypes.StringType)
            .add("start", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("score", DataTypes.DoubleType, false)
            .add("confidence", DataTypes.DoubleType, false);

    @Override
    public List<StructField> ownColumns() {
        return List.of(
                LossOperation.LOSS,
                DataTypes.createStructField("score", DataTypes.DoubleType, true),
                DataTypes.createStructField("confidence", DataTypes.DoubleType, true),
                DataTypes.createStructField("spans", DataTypes.createArrayType(SPAN, false), true));
    }

    @Override
    public boolean needsTarget() {
        return true;
    }

    /** The occupation of all states at all frames, in float32. */
    @Override
    public long bytesBesideScores(Utterance utterance) {
        return Float.BYTES * (2L * utterance.target().length + 1) * utterance.frames();
    }

    @Override
    public List<Row> compute(CtcBatch batch, List<Utterance> utterances, @Nullable CtcBackend opened) {
        CtcBackend backend = Objects.requireNonNull(opened);
        CtcResult result = LossOperation.losses(batch, options, backend);
        List<CtcAlignment> alignments = operation(backend, CtcAligner.class)
                .align(
                        batch,
                        AlignmentOptions.defaults()
                                .withScores(options.input().scores())
                                .withWildcards(wildcards(utterances)));
        List<CtcOccupation> occupations = operation(backend, CtcPosteriors.class)
                .posteriors(batch, options.input().scores());
        SymbolTokens tokens = new SymbolTokens(options.input(), batch.symbols());
        List<Row> rows = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcAlignment alignment = alignments.get(b);
            Confidence confidence =
                    alignment.status() == CtcStatus.OK && occupations.get(b).status() == CtcStatus.OK
                            ? Confidence.of(alignment, occupations.get(b))
                            : null;
            rows.add(row(
                    utterances.get(b),
                    alignment.status().name(),
                    result.loss(b),
                    alignment.score(),
                    confidence == null ? null : confidence.ofUtterance(),
                    confidence == null ? null : spans(alignment, confidence, tokens)));
        }
        return rows;
    }

    private static <T extends CtcOperation> T operation(CtcBackend backend, Class<T> type) {
        return backend.operation(type)
                .orElseThrow(() -> new BackendUnavailableException(
                        "backend %s has no %s".formatted(backend.name(), type.getSimpleName())));
    }

    private Wildcards wildcards(List<Utterance> utterances) {
        double cost = options.wildcardCost();
        return Wildcards.at(utterances.stream().map(Utterance::wildcards).toArray(int[][]::new))
                .costing(cost < 0 ? Wildcards.Cost.constant(cost) : Wildcards.Cost.belowBest(cost));
    }

    private static Row[] spans(CtcAlignment alignment, Confidence confidence, SymbolTokens tokens) {
        List<Row> spans = new ArrayList<>();
        for (AlignedSpan span : alignment.spans()) {
            @Nullable String token = tokens.token(span.symbol());
            spans.add(RowFactory.create(
                    span.symbol(), token, span.start(), span.end(), span.score(), confidence.ofLabel(span.label())));
        }
        return spans.toArray(Row[]::new);
    }
}
