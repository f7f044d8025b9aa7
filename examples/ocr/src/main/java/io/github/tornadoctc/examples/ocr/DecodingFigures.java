package io.github.tornadoctc.examples.ocr;

import static io.github.tornadoctc.examples.ocr.OcrBatch.sibling;

import ai.onnxruntime.OrtException;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.decoding.errors.ErrorCounts;
import io.github.tornadoctc.decoding.errors.ErrorRates;
import io.github.tornadoctc.decoding.scorers.Lexicon;
import io.github.tornadoctc.decoding.scorers.NGramModel;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program: lines of text go in, are drawn in many fonts and sizes, and are read by the network; out comes how many
 * characters and words each decoder gets wrong, and the files that {@code ctc decode} finds the same with.
 */
public final class DecodingFigures {
    private static final double OUT_OF_VOCABULARY_COST = 5;
    private static final double WEIGHT = 0.5;
    private static final double WORD_BONUS = 1;

    private final CtcBatch batch;
    private final List<String> texts;
    private final Tokens tokens;

    private DecodingFigures(CtcBatch batch, List<String> texts, Tokens tokens) {
        this.batch = batch;
        this.texts = texts;
        this.tokens = tokens;
    }

    /**
     * Writes {@code OUTPUT.npz} and beside it the texts, the tokens, the texts' words and their bigram model, and prints
     * error rates.
     *
     * @param args the batch's file, ending in {@code .npz}, and a UTF-8 file with a text per line
     */
    public static void main(String[] args) throws OrtException {
        if (args.length != 2 || !args[0].endsWith(OcrBatch.EXTENSION)) {
            System.err.println("usage: DecodingFigures OUTPUT.npz LINES.txt");
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
        List<Line> lines = read(texts, symbols);
        CtcBatch batch = Line.batch(lines, symbols.size());
        BatchFile.write(file, batch);
        Files.write(sibling(file, ".txt"), texts);
        Files.write(sibling(file, "-tokens.txt"), symbols.numbered());
        Files.write(sibling(file, "-words.txt"), BigramFile.words(texts));
        Files.write(sibling(file, "-bigrams.arpa"), BigramFile.of(texts));

        Tokens tokens = Tokens.read(sibling(file, "-tokens.txt")).forBatch(batch.symbols(), batch.blank());
        DecodingFigures figures = new DecodingFigures(batch, texts, tokens);
        figures.print(
                "the network's own greedy reading",
                lines.stream()
                        .map(line -> symbols.text(Greedy.read(line.scores())))
                        .toList());
        figures.printDecoders(
                Lexicon.read(sibling(file, "-words.txt")), NGramModel.read(sibling(file, "-bigrams.arpa")));
        ConfidenceFigures.print(batch, tokens);
    }

    private static List<Line> read(List<String> texts, Symbols symbols) throws OrtException {
        List<Line> lines = new ArrayList<>();
        try (Recognizer recognizer = new Recognizer()) {
            for (int i = 0; i < texts.size(); i++) {
                float[][] probabilities = recognizer.read(VariedRenderer.draw(i, texts.get(i)));
                lines.add(new Line(texts.get(i), symbols.labels(texts.get(i)), LogProbability.of(probabilities)));
            }
        }
        return lines;
    }

    private void printDecoders(Lexicon lexicon, NGramModel bigrams) {
        print(
                "best path",
                GreedyDecoder.decode(batch, Scores.LOG_PROBS).stream()
                        .map(path -> tokens.text(path.labels()))
                        .toList());
        Scorer ofWords = lexicon.scorer(tokens, OUT_OF_VOCABULARY_COST);
        Scorer ofBigrams = bigrams.scorerOfWords(tokens, WEIGHT, WORD_BONUS, OUT_OF_VOCABULARY_COST);
        for (int width : new int[] {4, 16, 64}) {
            print("beam of %d".formatted(width), decoded(width, Scorer.none()));
            print("beam of %d, lexicon".formatted(width), decoded(width, ofWords));
            print("beam of %d, bigrams".formatted(width), decoded(width, ofBigrams));
            print(
                    "beam of %d, lexicon and bigrams".formatted(width),
                    decoded(width, Scorer.sum(List.of(ofWords, ofBigrams))));
        }
    }

    private List<String> decoded(int width, Scorer scorer) {
        BeamSearchOptions options = BeamSearchOptions.defaults()
                .withScores(Scores.LOG_PROBS)
                .withBeamWidth(width)
                .withScorer(scorer);
        return new BeamSearchDecoder(options)
                .decode(batch).stream()
                        .map(decoding -> tokens.text(decoding.best().labels()))
                        .toList();
    }

    private void print(String decoder, List<String> read) {
        ErrorRates rates = ErrorRates.of(texts, read);
        System.out.printf("%-34s CER %s   WER %s%n", decoder, rate(rates.characters()), rate(rates.words()));
    }

    private static String rate(ErrorCounts counts) {
        return "%5.2f%% (%d of %d)".formatted(100 * counts.rate(), counts.errors(), counts.reference());
    }
}
