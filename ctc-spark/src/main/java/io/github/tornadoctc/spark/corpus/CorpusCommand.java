package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.spark.CorpusOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes a corpus on a cluster, or on the cores of this machine. */
@Command(
        name = "ctc corpus",
        description =
                "Computes losses, alignments or texts of a corpus in Parquet files, on a cluster or on the cores of this"
                        + " machine, with Apache Spark. A run that ends early is gone on with by the same command.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; rows that are no utterances are in the output, with their errors",
            "2:bad usage or bad input",
            "3:the backend that was asked for is not there",
            "4:anything else"
        })
final class CorpusCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "Parquet: a file, a directory, or a pattern in quotes. Columns id, T, V, scores (binary,"
                    + " array<float> or the path of a .npy file) and target (array<int> or text). See docs/corpus.md.")
    private String input = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The directory of the results: a new one, or that of a run which ended early.")
    private String output = "";

    @Option(names = "--mode", paramLabel = "loss|align|decode", description = "What to compute (default: loss).")
    private CorpusMode mode = CorpusMode.LOSS;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "What executors compute on: cpu, tornado, or auto, whichever is estimated to take less (default:"
                            + " auto). With one that is named, results have the same bits on every run.")
    private String backend = "auto";

    @Option(
            names = "--chunk",
            paramLabel = "BYTES",
            converter = CorpusChoices.OfBytes.class,
            description = "Input that becomes visible together, and that a run which ends early loses at most (default:"
                    + " 16GB).")
    private long chunk = CorpusJob.USUAL_CHUNK_BYTES;

    @Mixin
    private RowOptions rows;

    @Option(names = "--zero-infinity", description = "Count an utterance that no path fits as loss 0, not infinity.")
    private boolean zeroInfinity;

    @Option(names = "--partial", description = "Anything may be said before the first label and after the last.")
    private boolean partial;

    @Option(
            names = "--wildcard-cost",
            paramLabel = "NATS",
            converter = CorpusChoices.OfCost.class,
            description =
                    "How far below the frame's likeliest symbol a * of a text is (default: 1); or, if negative, its"
                            + " log-probability.")
    private double wildcardCost = CorpusOptions.defaults().wildcardCost();

    @Option(
            names = "--beam",
            paramLabel = "N",
            converter = CorpusChoices.OfCount.class,
            description = "Prefixes that decoding keeps from frame to frame (default: 16); with 1, the best path.")
    private int beam = CorpusOptions.defaults().beamWidth();

    @Option(
            names = "--token-threshold",
            paramLabel = "NATS",
            converter = CorpusChoices.OfThreshold.class,
            description =
                    "How much less likely than the likeliest of its frame a symbol may be to be tried (default: 12).")
    private double threshold = CorpusOptions.defaults().tokenThreshold();

    @Option(
            names = "--batch-memory",
            paramLabel = "BYTES",
            converter = CorpusChoices.OfBytes.class,
            description = "For a batch of a task (default: 16MB).")
    private long batchMemory = CorpusOptions.defaults().batchBytes();

    @Option(
            names = "--window-memory",
            paramLabel = "BYTES",
            converter = CorpusChoices.OfBytes.class,
            description = "For utterances of a task that are sorted by length (default: 64MB).")
    private long windowMemory = CorpusOptions.defaults().windowBytes();

    @Mixin
    private SessionOptions session;

    @Mixin
    private SummaryOptions summary;

    @Spec
    private CommandSpec spec;

    private final boolean alone;

    /**
     * The command.
     *
     * @param alone whether nothing else in this JVM uses Spark, which ends with the command then
     */
    CorpusCommand(boolean alone) {
        this.alone = alone;
    }

    @Override
    public Integer call() throws IOException {
        CorpusJob job;
        try {
            job = new CorpusJob(input, output, mode, options(), chunk);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        SparkSession spark = session.open();
        CorpusSummary done;
        try (CorpusProgress progress = new CorpusProgress(spec.commandLine().getErr())) {
            spark.sparkContext().addSparkListener(progress);
            done = job.run(spark, progress);
            spark.sparkContext().removeSparkListener(progress);
        } finally {
            if (alone) {
                spark.stop();
            }
        }
        summary.print(spec.commandLine().getOut(), done);
        return 0;
    }

    private CorpusOptions options() throws IOException {
        return CorpusOptions.defaults()
                .withInput(rows.input())
                .withBackend(backend)
                .withZeroInfinity(zeroInfinity)
                .withWildcards(partial, wildcardCost)
                .withBeam(beam, threshold)
                .withMemory(batchMemory, windowMemory);
    }
}
