package io.github.tornadoctc.examples.ocr;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.align.Confidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well confidences tell a text with a single word wrong from the right one, and that word from the others: every word
 * of every line in turn is another word of the texts, or has one letter wrong.
 */
final class WrongWords {
    /** Confidences of texts with a word wrong. */
    private static final class Figures {
        final List<Double> rightWords = new ArrayList<>();
        final List<Double> wrongWords = new ArrayList<>();
        final List<Double> utterances = new ArrayList<>();
        final List<Double> leastWords = new ArrayList<>();
        int leastInLine;
        int lessThanRight;
    }

    private final CtcBackend backend;
    private final CtcBatch batch;
    private final int space;
    private final List<Double> rightUtterances = new ArrayList<>();
    private final List<Double> rightLeastWords = new ArrayList<>();

    private WrongWords(CtcBackend backend, CtcBatch batch, int space) {
        this.backend = backend;
        this.batch = batch;
        this.space = space;
    }

    /**
     * Prints a table.
     *
     * @param batch lines with their own texts
     * @param space the label between words
     */
    static void print(CtcBackend backend, CtcBatch batch, int space) {
        WrongWords all = new WrongWords(backend, batch, space);
        List<Optional<Confidence>> right = all.confidences(batch);
        for (int b = 0; b < batch.batchSize(); b++) {
            Confidence confidence = right.get(b).orElseThrow();
            all.rightUtterances.add(confidence.ofUtterance());
            all.rightLeastWords.add(least(confidence, all.words(b)));
        }
        System.out.printf(
                "%-26s %6s %13s %12s %12s %10s %14s%n",
                "one word of a text is",
                "texts",
                "area, texts",
                "least words",
                "below right",
                "area, words",
                "least of line");
        all.print("another word of the texts", all.figures(true));
        all.print("wrong in one letter", all.figures(false));
    }

    private void print(String what, Figures figures) {
        int count = figures.wrongWords.size();
        System.out.printf(
                "%-26s %6d %13.4f %12.4f %10.1f %% %11.4f %12.1f %%%n",
                what,
                count,
                RocArea.of(rightUtterances, figures.utterances),
                RocArea.of(rightLeastWords, figures.leastWords),
                100.0 * figures.lessThanRight / count,
                RocArea.of(figures.rightWords, figures.wrongWords),
                100.0 * figures.leastInLine / count);
    }

    private Figures figures(boolean wholeWord) {
        Figures figures = new Figures();
        int most = IntStream.range(0, batch.batchSize())
                .map(b -> words(b).size())
                .max()
                .orElse(0);
        for (int place = 0; place < most; place++) {
            add(place, wholeWord, figures);
        }
        return figures;
    }

    /** Lines with more words than {@code place}, of which that one is wrong; the others keep their texts and do not count. */
    private void add(int place, boolean wholeWord, Figures figures) {
        int count = batch.batchSize();
        int[][] targets = new int[count][];
        boolean[] isWrong = new boolean[count];
        for (int b = 0; b < count; b++) {
            List<Word> words = words(b);
            targets[b] = batch.target(b);
            if (place < words.size()) {
                Word word = words.get(place);
                int[] instead = wholeWord ? anotherWord(b, place) : wrongLetter(b, word);
                isWrong[b] = true;
                targets[b] = replaced(targets[b], word, instead);
            }
        }
        List<Optional<Confidence>> confidences = confidences(batch.withTargets(targets));
        for (int b = 0; b < count; b++) {
            // a text that is too long for its line has no confidence, and needs none
            if (isWrong[b] && confidences.get(b).isPresent()) {
                add(figures, confidences.get(b).get(), rightUtterances.get(b), Word.all(targets[b], space), place);
            }
        }
    }

    private static void add(Figures figures, Confidence confidence, double ofRight, List<Word> words, int place) {
        double wrong = words.get(place).confidence(confidence);
        figures.wrongWords.add(wrong);
        for (int w = 0; w < words.size(); w++) {
            if (w != place) {
                figures.rightWords.add(words.get(w).confidence(confidence));
            }
        }
        double least = least(confidence, words);
        figures.leastWords.add(least);
        figures.utterances.add(confidence.ofUtterance());
        figures.leastInLine += wrong == least ? 1 : 0;
        figures.lessThanRight += confidence.ofUtterance() < ofRight ? 1 : 0;
    }

    /** The word at that place of the next line that has one, if it is not the same. */
    private int[] anotherWord(int b, int place) {
        int[] own = labels(b, words(b).get(place));
        for (int other = b + 1; ; other++) {
            int next = other % batch.batchSize();
            List<Word> words = words(next);
            int[] labels = labels(next, words.get(Math.min(place, words.size() - 1)));
            if (!Arrays.equals(labels, own)) {
                return labels;
            }
        }
    }

    /** The letter in the middle is the next one, in the order of labels, that the texts have. */
    private int[] wrongLetter(int b, Word word) {
        int[] labels = labels(b, word);
        int[] letters = IntStream.range(0, batch.batchSize())
                .flatMap(line -> IntStream.of(batch.target(line)))
                .filter(label -> label != space)
                .distinct()
                .sorted()
                .toArray();
        int middle = labels.length / 2;
        int at = Arrays.binarySearch(letters, labels[middle]);
        labels[middle] = letters[(at + 1) % letters.length];
        return labels;
    }

    private static int[] replaced(int[] target, Word word, int[] instead) {
        return Stream.of(
                        IntStream.range(0, word.from()).map(u -> target[u]),
                        IntStream.of(instead),
                        IntStream.range(word.to(), target.length).map(u -> target[u]))
                .flatMapToInt(part -> part)
                .toArray();
    }

    private int[] labels(int b, Word word) {
        return Arrays.copyOfRange(batch.target(b), word.from(), word.to());
    }

    private List<Word> words(int b) {
        return Word.all(batch.target(b), space);
    }

    private static double least(Confidence confidence, List<Word> words) {
        return words.stream()
                .mapToDouble(word -> word.confidence(confidence))
                .min()
                .orElse(1);
    }

    /** Of every utterance that has a path. */
    private List<Optional<Confidence>> confidences(CtcBatch texts) {
        List<CtcAlignment> alignments = backend.operation(CtcAligner.class)
                .orElseThrow()
                .align(texts, AlignmentOptions.defaults().withScores(Scores.LOG_PROBS));
        List<CtcOccupation> occupations =
                backend.operation(CtcPosteriors.class).orElseThrow().posteriors(texts, Scores.LOG_PROBS);
        return IntStream.range(0, texts.batchSize())
                .mapToObj(b -> alignments.get(b).status() == CtcStatus.OK
                        ? Optional.of(Confidence.of(alignments.get(b), occupations.get(b)))
                        : Optional.<Confidence>empty())
                .toList();
    }
}
