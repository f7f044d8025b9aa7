package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.decoding.GreedyDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** What is said. Decoders run on the thread of the task, and need no backend. */
record DecodeOperation(CorpusOptions options) implements CorpusOperation {
    @Override
    public List<StructField> ownColumns() {
        return List.of(
                DataTypes.createStructField("text", DataTypes.StringType, true),
                DataTypes.createStructField("labels", DataTypes.createArrayType(DataTypes.IntegerType, false), true),
                DataTypes.createStructField("score", DataTypes.DoubleType, true));
    }

    @Override
    public boolean needsTarget() {
        return false;
    }

    @Override
    public boolean usesBackend() {
        return false;
    }

    @Override
    public List<Row> compute(CtcBatch batch, List<Utterance> utterances, @Nullable CtcBackend backend) {
        BeamSearchDecoder decoder = new BeamSearchDecoder(BeamSearchOptions.defaults()
                .withScores(options.input().scores())
                .withBeamWidth(options.beamWidth())
                .withTokenThreshold(options.tokenThreshold()));
        SymbolTokens tokens = new SymbolTokens(options.input(), batch.symbols());
        List<Row> rows = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            rows.add(
                    options.beamWidth() == 1
                            ? row(
                                    utterances.get(b),
                                    GreedyDecoder.decode(
                                            batch, b, options.input().scores()),
                                    tokens)
                            : row(utterances.get(b), decoder.decode(batch, b), tokens));
        }
        return rows;
    }

    private Row row(Utterance utterance, BestPath path, SymbolTokens tokens) {
        return path.status() == CtcStatus.OK
                ? row(utterance, path.labels(), path.score(), tokens)
                : row(utterance, path.status().name(), null, null, path.score());
    }

    private Row row(Utterance utterance, Decoding decoding, SymbolTokens tokens) {
        return decoding.status() == CtcStatus.OK
                ? row(utterance, decoding.best().labels(), decoding.best().score(), tokens)
                : row(utterance, decoding.status().name(), null, null, null);
    }

    private Row row(Utterance utterance, int[] labels, double score, SymbolTokens tokens) {
        return row(utterance, CtcStatus.OK.name(), tokens.text(labels), labels, score);
    }
}
