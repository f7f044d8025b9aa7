package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.spark.CorpusOptions;
import io.github.tornadoctc.spark.CtcFunctions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is made of a corpus. */
public enum CorpusMode {
    /** {@link CtcFunctions#loss}. */
    LOSS {
        @Override
        Dataset<Row> apply(Dataset<Row> utterances, CorpusOptions options) {
            return CtcFunctions.loss(utterances, options);
        }
    },
    /** {@link CtcFunctions#align}. */
    ALIGN {
        @Override
        Dataset<Row> apply(Dataset<Row> utterances, CorpusOptions options) {
            return CtcFunctions.align(utterances, options);
        }
    },
    /** {@link CtcFunctions#decode}. */
    DECODE {
        @Override
        Dataset<Row> apply(Dataset<Row> utterances, CorpusOptions options) {
            return CtcFunctions.decode(utterances, options);
        }
    };

    abstract Dataset<Row> apply(Dataset<Row> utterances, CorpusOptions options);
}
