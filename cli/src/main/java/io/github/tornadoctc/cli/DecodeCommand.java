package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.AtomicFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.Tokens;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds what the utterances of a batch say. */
@Command(
        name = "decode",
        description =
                "Prints what every utterance of a batch says, by prefix beam search: the likeliest labellings, with ln of"
                        + " their probability. A lexicon, an n-gram model and hot words may have their say.")
final class DecodeCommand implements Callable<Integer> {
    private static final int DEFAULT_BEAM = 16;

    @Parameters(
            paramLabel = "FILE",
            description = "A batch, as the command loss reads it; it needs targets for --targets only.")
    private Path file;

    @Mixin
    private FileOptions input;

    @Mixin
    private TokenOptions tokenOptions;

    @Mixin
    private ScorerOptions scorerOptions;

    @Option(
            names = "--beam",
            paramLabel = "N",
            converter = Choices.OfCount.class,
            description =
                    "Prefixes that are kept from frame to frame (default: 16). With 1, the best path is taken: the"
                            + " likeliest symbol of every frame, and ln of that one path's probability.")
    private int beam = DEFAULT_BEAM;

    @Option(
            names = "--nbest",
            paramLabel = "K",
            converter = Choices.OfCount.class,
            description = "Labellings to print of each utterance, if there are as many (default: 1).")
    private int nBest = 1;

    @Option(
            names = "--token-threshold",
            paramLabel = "NATS",
            converter = Choices.OfThreshold.class,
            description =
                    "How much less likely than the likeliest of its frame a symbol may be to be tried (default: 12);"
                            + " Infinity tries all.")
    private double threshold = BeamSearchOptions.defaults().tokenThreshold();

    @Option(
            names = "--rescore",
            description =
                    "Give every labelling the probability of all its paths, and not only of those that the beam has kept,"
                            + " and rank them by it.")
    private boolean rescored;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Choices.OfCount.class,
            description = "Threads to compute on at most (default: as many as there are processors).")
    private int threads = Integer.MAX_VALUE;

    @Option(
            names = "--targets",
            description =
                    "Compare with the targets of FILE: character and word error rates, or errors of labels without"
                            + " --tokens.")
    private boolean compared;

    @Option(
            names = "--out",
            paramLabel = "FILE.txt",
            description = "Write the best text of each utterance to a line of this file, for the command score; or to"
                    + " standard output if it is -, and then what else is printed to stderr.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        checkUsage();
        LoadedBatch loaded = input.read(file, !compared);
        CtcBatch batch = loaded.batch();
        Tokens tokens = tokenOptions.read(batch);
        DecodedBatch decoded = DecodedBatch.of(batch, tokens, options(tokens, loaded.scores()));
        if (rescored) {
            decoded = decoded.rescored(loaded.scores(), threads);
        }
        PrintWriter output = spec.commandLine().getOut();
        if (out != null) {
            String lines = String.join("\n", decoded.bestTexts()) + (batch.batchSize() == 0 ? "" : "\n");
            if (StandardOutput.isNamed(out)) {
                output.print(lines);
                output.flush();
                output = spec.commandLine().getErr();
            } else {
                AtomicFile.write(out, stream -> stream.write(lines.getBytes(StandardCharsets.UTF_8)));
            }
        }
        if (json) {
            DecodedJson.print(output, decoded, compared);
        } else {
            DecodedTable.print(output, decoded, compared);
        }
        return ExitCode.DONE;
    }

    private void checkUsage() {
        scorerOptions.lacking().ifPresent(lacking -> {
            throw usage(lacking);
        });
        if (scorerOptions.given() && !tokenOptions.given()) {
            throw usage("--lexicon, --lm and --hot-words are of text, which needs --tokens");
        }
        if (scorerOptions.given() && beam == 1) {
            throw usage("--beam 1 takes the best path, where --lexicon, --lm and --hot-words have no say");
        }
        if (out != null && !tokenOptions.given()) {
            throw usage("--out writes text, which needs --tokens");
        }
        if (beam == 1 && rescored) {
            throw usage("--beam 1 takes the best path, and --rescore is of the labellings of a beam");
        }
        if (beam == 1 && nBest > 1) {
            throw usage("--beam 1 takes the best path, of which there is one and not --nbest " + nBest);
        }
    }

    private BeamSearchOptions options(@Nullable Tokens tokens, Scores scores) throws BatchFileException {
        try {
            Scorer scorer = tokens == null ? Scorer.none() : scorerOptions.read(tokens);
            return new BeamSearchOptions(scores, beam, threshold, nBest, scorer, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
