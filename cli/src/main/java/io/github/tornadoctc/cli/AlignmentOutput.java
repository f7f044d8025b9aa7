package io.github.tornadoctc.cli;

import io.github.tornadoctc.align.Transcript;
import io.github.tornadoctc.align.TranscriptFormat;
import io.github.tornadoctc.explain.AlignmentImage;
import io.github.tornadoctc.io.AtomicFile;
import io.github.tornadoctc.io.BatchFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** In which form alignments are written, and where. */
final class AlignmentOutput {
    private static final String NUMBER = "%d";

    /** What alignments are written as, by the names of the option. */
    enum Format {
        TABLE,
        JSON,
        CTM,
        SRT,
        VTT,
        TEXTGRID,
        TEXTGRID_SHORT;

        @Nullable
        TranscriptFormat transcripts() {
            return this == TABLE || this == JSON ? null : TranscriptFormat.valueOf(name());
        }
    }

    @Option(
            names = "--format",
            paramLabel = "table|json|ctm|srt|vtt|textgrid|textgrid-short",
            converter = Choices.OfAlignmentFormat.class,
            description =
                    "A table, one JSON object, sclite's CTM, SubRip, WebVTT, or Praat's TextGrid in its long or its"
                            + " short form (default: table). All but the first two need --frame-ms.")
    private Format format = Format.TABLE;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--frame-ms",
            paramLabel = "MS",
            converter = Choices.OfMilliseconds.class,
            description = "How long a frame is, in milliseconds. Tables and JSON have times only with it.")
    private @Nullable Double frameMillis;

    @Option(names = "--utterance", paramLabel = "N", description = "Write this utterance alone (default: all of them).")
    private @Nullable Integer utterance;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write to this file, - being standard output. A %%d in its name becomes the number of the utterance, and each gets a file"
                            + " of its own, which srt, vtt and textgrid need if there are several.")
    private @Nullable Path out;

    @Option(
            names = "--png",
            paramLabel = "OUT.png",
            description =
                    "Draw each utterance instead: its labels over time, their confidence as colour. A %%d in the name"
                            + " becomes the number of the utterance.")
    private @Nullable Path png;

    @Option(
            names = "--image",
            paramLabel = "IN.png",
            description = "What was read, such as a line of text, to draw over its labels; with --png, %%d as there.")
    private @Nullable Path image;

    /** Before anything long is computed in vain. */
    void check(boolean tokensGiven) {
        if (json && format != Format.TABLE && format != Format.JSON) {
            throw new IllegalArgumentException("--json is --format json, not --format " + nameOf(format));
        }
        if (chosen().transcripts() != null && frameMillis == null) {
            throw new IllegalArgumentException(
                    "--format %s has times, which needs --frame-ms".formatted(nameOf(format)));
        }
        if (image != null && png == null) {
            throw new IllegalArgumentException("--image is drawn over labels with --png");
        }
        if (png != null && (json || format != Format.TABLE || out != null)) {
            throw new IllegalArgumentException("--png draws instead of writing: leave out --format, --json and --out");
        }
    }

    private static String nameOf(Format format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Format chosen() {
        return json ? Format.JSON : format;
    }

    /** Writes what was asked for. */
    void write(AlignedBatch aligned, CommandLine command) throws BatchFileException {
        List<Integer> chosen = utterances(aligned.batch().batchSize());
        if (png != null) {
            draw(aligned, chosen, png, command);
        } else if (out != null && out.toString().contains(NUMBER)) {
            for (int b : chosen) {
                write(text(aligned, List.of(b)), numbered(out, b));
            }
        } else if (out != null && !StandardOutput.isNamed(out)) {
            write(text(aligned, chosen), out);
        } else {
            command.getOut().print(text(aligned, chosen));
            command.getOut().flush();
        }
    }

    private List<Integer> utterances(int count) {
        if (utterance == null) {
            return IntStream.range(0, count).boxed().toList();
        }
        if (utterance < 0 || utterance >= count) {
            throw new IllegalArgumentException(
                    "--utterance %d is none of the %d, which count from 0".formatted(utterance, count));
        }
        return List.of(utterance);
    }

    private String text(AlignedBatch aligned, List<Integer> chosen) {
        double frameSeconds = frameMillis == null ? Double.NaN : frameMillis / 1000;
        TranscriptFormat transcripts = chosen().transcripts();
        if (transcripts == null) {
            return chosen() == Format.JSON
                    ? AlignedJson.text(aligned, chosen, frameSeconds)
                    : AlignedTable.text(aligned, chosen, frameSeconds);
        }
        if (!transcripts.holdsSeveral() && chosen.size() != 1) {
            throw new IllegalArgumentException(
                    "--format %s has one utterance in a file, and there are %d: choose one with --utterance, or give --out a name with %%d"
                            .formatted(nameOf(format), chosen.size()));
        }
        List<Transcript> all =
                chosen.stream().map(b -> aligned.transcript(b, frameSeconds)).toList();
        StringBuilder text = new StringBuilder();
        try {
            transcripts.write(all, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void draw(AlignedBatch aligned, List<Integer> chosen, Path file, CommandLine command)
            throws BatchFileException {
        if (chosen.size() > 1 && !file.toString().contains(NUMBER)) {
            throw new IllegalArgumentException(
                    "--png has one utterance in a file, and there are %d: choose one with --utterance, or give it a name with %%d"
                            .formatted(chosen.size()));
        }
        for (int b : chosen) {
            Optional<String> obstacle = AlignedDrawing.obstacle(aligned, b);
            if (obstacle.isPresent() && chosen.size() > 1) {
                command.getErr().println("ctc: warning: utterance %d is not drawn: %s".formatted(b, obstacle.get()));
                continue;
            }
            Path over = image == null ? null : numbered(image, b);
            AlignmentImage drawn = AlignmentImage.of(AlignedDrawing.of(aligned, b), over);
            AtomicFile.write(numbered(file, b), drawn::writeTo);
            command.getOut().println("wrote " + numbered(file, b));
        }
    }

    private static void write(String text, Path file) throws BatchFileException {
        AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Path numbered(Path file, int b) {
        return Path.of(file.toString().replace(NUMBER, Integer.toString(b)));
    }
}
