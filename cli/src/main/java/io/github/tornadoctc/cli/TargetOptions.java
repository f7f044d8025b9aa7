package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.Wildcards.Cost;
import io.github.tornadoctc.io.TextLabels;
import io.github.tornadoctc.io.Tokens;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What utterances are known to say, where the batch's file does not have it, and where something is left out. */
final class TargetOptions {
    private static final double DEFAULT_COST = 1;

    @Option(
            names = "--texts",
            paramLabel = "FILE.txt",
            description = "A UTF-8 file with what each utterance says, one a line, in place of the batch's targets; a *"
                    + " stands for anything or nothing. Needs --tokens.")
    private @Nullable Path texts;

    @Option(
            names = "--partial",
            description = "Anything may be said before the first label and after the last, as if every text began and"
                    + " ended with *.")
    private boolean partial;

    @Option(
            names = "--wildcard-cost",
            paramLabel = "NATS",
            description = "How far below the frame's likeliest symbol a * is in each of its frames (default: 1); or, if"
                    + " negative, its log-probability.")
    private @Nullable Double cost;

    /** What to align. */
    record Targets(CtcBatch batch, Wildcards wildcards) {}

    void check(boolean tokensGiven) {
        if (texts != null && !tokensGiven) {
            throw new IllegalArgumentException("--texts is of text, which needs --tokens");
        }
    }

    /** Whether the batch needs no targets of its own. */
    boolean haveTexts() {
        return texts != null;
    }

    /** The batch with the targets that were asked for. */
    Targets of(CtcBatch batch, @Nullable Tokens tokens) {
        Targets targets = with(batch, tokens);
        if (cost != null && targets.wildcards().isEmpty()) {
            throw new IllegalArgumentException(
                    "--wildcard-cost is of wildcards, and there are none: give --partial, or a * in --texts");
        }
        return targets;
    }

    private Targets with(CtcBatch batch, @Nullable Tokens tokens) {
        Cost each = cost();
        if (texts == null || tokens == null) {
            return new Targets(batch, (partial ? Wildcards.atEnds() : Wildcards.none()).costing(each));
        }
        List<String> lines = lines(texts);
        if (lines.size() != batch.batchSize()) {
            throw new IllegalArgumentException(
                    "%s: has %d lines for a batch of %d utterances".formatted(texts, lines.size(), batch.batchSize()));
        }
        TextLabels labels = new TextLabels(tokens, batch.blank());
        int[][] targets = new int[lines.size()][];
        int[][] wildcards = new int[lines.size()][];
        for (int b = 0; b < targets.length; b++) {
            try {
                TextLabels.Target target = labels.of(lines.get(b), partial);
                targets[b] = target.labels();
                wildcards[b] = target.wildcards();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: line %d %s".formatted(texts, b + 1, e.getMessage()), e);
            }
        }
        return new Targets(batch.withTargets(targets), Wildcards.at(wildcards).costing(each));
    }

    private Cost cost() {
        double nats = cost == null ? DEFAULT_COST : cost;
        if (!Double.isFinite(nats)) {
            throw new IllegalArgumentException("--wildcard-cost %s is not a finite number".formatted(nats));
        }
        return nats < 0 ? Cost.constant(nats) : Cost.belowBest(nats);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": cannot be read: no such file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
