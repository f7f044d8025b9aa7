package io.github.tornadoctc.examples.ocr;

import ai.onnxruntime.OrtException;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program: a file of text lines goes in, a batch comes out, and a table of how well each line was read. */
public final class OcrBatch {
    static final String EXTENSION = ".npz";

    private OcrBatch() {}

    /**
     * Writes a batch, and beside it its lines' true texts and the network's tokens.
     *
     * @param args the batch's file, ending in {@code .npz}, and a UTF-8 file with a text per line
     */
    public static void main(String[] args) throws OrtException {
        if (args.length != 2 || !args[0].endsWith(EXTENSION)) {
            System.err.println("usage: OcrBatch OUTPUT.npz LINES.txt");
            System.exit(2);
        }
        try {
            write(Path.of(args[0]), Files.readAllLines(Path.of(args[1])));
        } catch (BatchFileException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("ocr: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("ocr: " + e); // the message alone is often only the file's name
            System.exit(2);
        }
    }

    private static void write(Path file, List<String> texts) throws IOException, OrtException {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("no lines");
        }
        LineRenderer renderer = LineRenderer.create();
        Symbols symbols = Symbols.ofModel();
        List<Line> lines = new ArrayList<>();
        try (Recognizer recognizer = new Recognizer()) {
            for (String text : texts) {
                int[] labels = symbols.labels(text);
                lines.add(new Line(text, labels, LogProbability.of(recognizer.read(renderer.draw(text)))));
            }
        }
        CtcBatch batch = Line.batch(lines, symbols.size());
        BatchFile.write(file, batch);
        Files.write(sibling(file, ".txt"), texts);
        Files.write(sibling(file, "-tokens.txt"), symbols.numbered());
        System.out.printf("drawn with %s%n", renderer.fontName());
        report(lines, batch, symbols);
        System.out.printf("%s, %,d bytes%n", file, Files.size(file));
    }

    /** A file beside a batch, of the same name with another ending. */
    static Path sibling(Path batch, String ending) {
        return batch.resolveSibling(batch.getFileName().toString().replace(EXTENSION, ending));
    }

    /** What the reference makes of the batch, and what a reader without CTC's loss would have read. */
    private static void report(List<Line> lines, CtcBatch batch, Symbols symbols) {
        CtcOptions options = CtcOptions.defaults().withScores(Scores.LOG_PROBS).withGradient(false);
        CtcResult result = new ReferenceCtc().compute(batch, options);
        System.out.println("   T    U      loss  text");
        for (int b = 0; b < lines.size(); b++) {
            Line line = lines.get(b);
            System.out.printf(
                    "%4d %4d %9.4f  %s%n", batch.inputLength(b), batch.targetLength(b), result.loss(b), line.text());
            String read = symbols.text(Greedy.read(line.scores()));
            if (!read.equals(line.text())) {
                System.out.printf("%21s warning: read as \"%s\"%n", "", read);
            }
        }
    }
}
