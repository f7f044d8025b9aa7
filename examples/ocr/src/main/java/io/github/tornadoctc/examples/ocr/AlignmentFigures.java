package io.github.tornadoctc.examples.ocr;

import static io.github.tornadoctc.examples.ocr.OcrBatch.sibling;

import ai.onnxruntime.OrtException;
import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program: lines of text go in, are drawn in many fonts and sizes, read by the network and aligned with their texts;
 * out comes how far each character's span is from where AWT drew its glyph, and how well each measure of confidence tells
 * a line's own text from the others' and from itself with a word wrong.
 */
public final class AlignmentFigures {
    /** What a time step of the network is wide, and so how near its spans can be. */
    private static final int NEAR = 8;

    private AlignmentFigures() {}

    /**
     * Writes {@code OUTPUT.npz} and beside it the tokens and an image of every line, and prints the figures.
     *
     * @param args the batch's file, ending in {@code .npz}, and a UTF-8 file with a text per line
     */
    public static void main(String[] args) throws OrtException {
        if (args.length != 2 || !args[0].endsWith(OcrBatch.EXTENSION)) {
            System.err.println("usage: AlignmentFigures OUTPUT.npz LINES.txt");
            System.exit(2);
        }
        try {
            run(Path.of(args[0]), Files.readAllLines(Path.of(args[1])));
        } catch (BatchFileException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("ocr: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("ocr: " + e); // the message alone is often only the file's name
            System.exit(2);
        }
    }

    private static void run(Path file, List<String> texts) throws IOException, OrtException {
        LineRenderer.create(); // says what is missing where there are no fonts
        Symbols symbols = Symbols.ofModel();
        List<Line> lines = new ArrayList<>();
        List<LineImage> images = new ArrayList<>();
        try (Recognizer recognizer = new Recognizer()) {
            for (int i = 0; i < texts.size(); i++) {
                LineImage image = VariedRenderer.draw(i, texts.get(i));
                image.write(sibling(file, "-" + i + ".png"));
                images.add(image);
                lines.add(new Line(
                        texts.get(i), symbols.labels(texts.get(i)), LogProbability.of(recognizer.read(image))));
            }
        }
        CtcBatch batch = Line.batch(lines, symbols.size());
        BatchFile.write(file, batch);
        Files.write(sibling(file, "-tokens.txt"), symbols.numbered());
        try (CtcBackend backend = new ReferenceCtc()) {
            printDistances(backend, batch, texts, images);
            Separation.print(backend, batch);
            WrongWords.print(backend, batch, symbols.labels(" ")[0]);
        }
    }

    private static void printDistances(CtcBackend backend, CtcBatch batch, List<String> texts, List<LineImage> images) {
        AlignmentOptions options = AlignmentOptions.defaults().withScores(Scores.LOG_PROBS);
        List<CtcAlignment> alignments =
                backend.operation(CtcAligner.class).orElseThrow().align(batch, options);
        int near = 0;
        int nearGlyphs = 0;
        int glyphs = 0;
        int characters = 0;
        System.out.println("line  near    of  largest  mean offset  font");
        for (int i = 0; i < texts.size(); i++) {
            double[] centres = VariedRenderer.centres(i, texts.get(i));
            double step = images.get(i).width() / (double) batch.inputLength(i);
            int nearHere = 0;
            double largest = 0;
            double sum = 0;
            for (AlignedSpan span : alignments.get(i).spans()) {
                double offset = (span.start() + span.end()) / 2.0 * step - centres[span.label()];
                boolean isNear = Math.abs(offset) <= NEAR;
                boolean isGlyph = !Character.isWhitespace(texts.get(i).charAt(span.label()));
                nearHere += isNear ? 1 : 0;
                glyphs += isGlyph ? 1 : 0;
                nearGlyphs += isNear && isGlyph ? 1 : 0;
                largest = Math.max(largest, Math.abs(offset));
                sum += offset;
            }
            near += nearHere;
            characters += centres.length;
            System.out.printf(
                    "%4d %5d %5d %8.1f %12.1f  %s %d%n",
                    i,
                    nearHere,
                    centres.length,
                    largest,
                    sum / centres.length,
                    VariedRenderer.font(i).getFontName(),
                    VariedRenderer.font(i).getSize());
        }
        System.out.printf(
                "within %d pixels of the glyph's centre: %d of %d characters, %.2f %%; without spaces %d of %d, %.2f %%%n",
                NEAR, near, characters, 100.0 * near / characters, nearGlyphs, glyphs, 100.0 * nearGlyphs / glyphs);
    }
}
