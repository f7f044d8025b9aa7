package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a batch of the fields of a file, and says what in them could be meant otherwise. */
final class BatchAssembly {
    private final BatchFields fields;
    private final ReadOptions options;
    private final Layout layout;
    private final NpyArray scores;
    private final int timeSteps;
    private final int utterances;
    private final int symbols;

    private BatchAssembly(BatchFields fields, ReadOptions options) throws BatchFileException {
        this.fields = fields;
        this.options = options;
        this.layout = layout(fields, options);
        if (fields.scores == null) {
            throw fields.missing(fields.scoresName);
        }
        this.scores = fields.scores;
        int rank = scores.rank();
        if (rank != 2 && rank != 3) {
            throw fields.error("%s: shape = %s is not of 3 axes, nor of 2 for one utterance"
                    .formatted(fields.scoresName, scores.shapeText()));
        }
        boolean timeMajor = layout == Layout.TIME_MAJOR;
        this.timeSteps = rank == 2 || timeMajor ? scores.length(0) : scores.length(1);
        this.utterances = rank == 2 ? 1 : scores.length(timeMajor ? 1 : 0);
        this.symbols = scores.length(rank - 1);
        if (symbols == 0) {
            throw fields.error("%s: shape = %s has no symbols".formatted(fields.scoresName, scores.shapeText()));
        }
    }

    /** The layout that was asked for, or the file's. */
    static Layout layout(BatchFields fields, ReadOptions options) {
        Layout said = options.layout() == null ? fields.layout : options.layout();
        return said == null ? Layout.TIME_MAJOR : said;
    }

    /** The blank that was asked for, or the file's. */
    static int blank(BatchFields fields, ReadOptions options) throws BatchFileException {
        if (options.blank() != null) {
            return options.blank();
        }
        Integers blank = fields.blank;
        if (blank == null) {
            return 0;
        }
        if (blank.rank() > 1 || blank.length() != 1) {
            throw fields.error("%s: shape = %s is not a scalar's".formatted(blank.name(), blank.shapeText()));
        }
        return blank.value(0);
    }

    static LoadedBatch assemble(BatchFields fields, ReadOptions options) throws BatchFileException {
        return new BatchAssembly(fields, options).assemble();
    }

    private LoadedBatch assemble() throws BatchFileException {
        int blank = blank(fields, options);
        CtcBatchBuilder builder =
                CtcBatch.builder(timeSteps, utterances, symbols).layout(layout).blank(blank);
        if (fields.inputLengths != null) {
            builder.inputLengths(lengths(fields.inputLengths, timeSteps, "the batch's time steps"));
        } else if (scores.size() == 0 && utterances > 1) {
            // so many utterances may be more than fit memory, and no scores say that there are so many
            throw fields.missing("inputLengths");
        }
        readTargets(builder, blank);
        NpyArray values = ScoreValues.of(scores, options.bfloat16(), fields);
        ScoreType type = values.type().scoreType().orElseThrow();
        CtcBatch batch = builder.scores(values.data(), type).build();
        Scores said = kind();
        return new LoadedBatch(
                batch,
                said == null ? Scores.LOGITS : said,
                Arrays.stream(scores.shape()).boxed().toList(),
                warnings(batch, said));
    }

    private @Nullable Scores kind() throws BatchFileException {
        return options.scores() == null ? fields.kind() : options.scores();
    }

    private List<String> warnings(CtcBatch batch, @Nullable Scores said) {
        List<String> warnings = new ArrayList<>();
        if (said == null) {
            warnings.add("%s: %s is taken as logits; if it is log-probabilities, --scores log-probs says so"
                    .formatted(fields.file, fields.scoresName));
        }
        if (said == Scores.LOG_PROBS) {
            RowSums.warning(batch)
                    .ifPresent(
                            warning -> warnings.add("%s: %s: %s".formatted(fields.file, fields.scoresName, warning)));
        }
        return warnings;
    }

    private void readTargets(CtcBatchBuilder builder, int blank) throws BatchFileException {
        Integers targets = fields.targets;
        if (targets == null && options.unlabelled() && fields.targetLengths == null) {
            builder.targets(new int[utterances][0]);
            return;
        }
        if (targets == null) {
            throw fields.missing("targets");
        }
        int rank = targets.rank();
        if (rank != 1 && rank != 2) {
            throw fields.error("%s: shape = %s is not of 1 or 2 axes".formatted(targets.name(), targets.shapeText()));
        }
        TargetLabels labels = new TargetLabels(fields, targets, blank);
        Integers lengths = fields.targetLengths;
        if (rank == 2 || (targets.length() == 0 && utterances == 0)) {
            checkCount(targets, "rows");
            labels.rows(builder, lengths == null ? null : lengths(lengths, Integer.MAX_VALUE, ""));
        } else if (utterances == 1) {
            labels.single(builder, lengths == null ? null : lengths(lengths, targets.length(), "all labels there are"));
        } else if (lengths == null) {
            throw fields.missing("targetLengths");
        } else {
            labels.concatenated(builder, lengths(lengths, targets.length(), "all labels there are"));
        }
    }

    /** One length for each utterance, in [0, {@code most}]. */
    private int[] lengths(Integers field, int most, String mostIs) throws BatchFileException {
        if (!field.isList() && !(field.rank() == 0 && utterances == 1)) {
            throw fields.error("%s: shape = %s is not of 1 axis".formatted(field.name(), field.shapeText()));
        }
        checkCount(field, "values");
        int[] lengths = new int[utterances];
        for (int b = 0; b < utterances; b++) {
            lengths[b] = field.value(b);
            if (lengths[b] < 0 || lengths[b] > most) {
                throw fields.error("%s[%d] = %d is not between 0 and %d, %s%s"
                        .formatted(field.name(), b, lengths[b], most, mostIs, hint()));
            }
        }
        return lengths;
    }

    private void checkCount(Integers field, String unit) throws BatchFileException {
        if (field.length() != utterances) {
            throw fields.error("%s has %d %s for a batch of %d%s"
                    .formatted(field.name(), field.length(), unit, utterances, hint()));
        }
    }

    /** That the lengths fit the scores' other layout, if they do. */
    private String hint() throws BatchFileException {
        return scores.rank() == 3 && timeSteps != utterances && OtherLayout.fits(fields, utterances, timeSteps)
                ? "; perhaps --layout %s".formatted(layout == Layout.TIME_MAJOR ? "BTV" : "TBV")
                : "";
    }
}
