package io.github.tornadoctc.examples.ocr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A bigram model of texts, as lines of a file in the ARPA format: what toolkits for language models estimate from much more
 * text. It takes a fixed discount off every count and gives it to the words that were not seen (absolute discounting, H.
 * Ney, U. Essen, R. Kneser, <i>On Structuring Probabilistic Dependences in Stochastic Language Modelling</i>, Computer
 * Speech and Language 8 (1), 1994), in the form that backs off.
 */
final class BigramFile {
    private static final double DISCOUNT = 0.5;
    private static final String BEGIN = "<s>";
    private static final String END = "</s>";

    private final Map<String, Integer> words = new TreeMap<>();
    private final Map<String, Map<String, Integer>> bigrams = new TreeMap<>();
    private int total;

    private BigramFile() {}

    static List<String> of(List<String> texts) {
        BigramFile counts = new BigramFile();
        texts.forEach(counts::count);
        return counts.lines();
    }

    /** The words of texts, in the order of the alphabet. */
    static Set<String> words(List<String> texts) {
        Set<String> words = new TreeSet<>();
        texts.forEach(text -> words.addAll(List.of(text.split(" "))));
        return words;
    }

    private void count(String text) {
        String previous = BEGIN;
        for (String word : (text + " " + END).split(" ", -1)) {
            words.merge(word, 1, Integer::sum);
            bigrams.computeIfAbsent(previous, each -> new TreeMap<>()).merge(word, 1, Integer::sum);
            previous = word;
            total++;
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("\\data\\");
        lines.add("ngram 1=" + (words.size() + 1));
        lines.add("ngram 2=" + bigrams.values().stream().mapToInt(Map::size).sum());
        lines.add("");
        lines.add("\\1-grams:");
        lines.add("-99 %s %s".formatted(BEGIN, log10(backOff(BEGIN))));
        words.keySet()
                .forEach(word -> lines.add("%s %s %s".formatted(log10(probability(word)), word, log10(backOff(word)))));
        lines.add("");
        lines.add("\\2-grams:");
        bigrams.forEach((first, seconds) -> seconds.forEach((second, count) ->
                lines.add("%s %s %s".formatted(log10(probability(first, second, count)), first, second))));
        lines.add("");
        lines.add("\\end\\");
        return lines;
    }

    private double probability(String word) {
        return (double) words.getOrDefault(word, 0) / total;
    }

    private double probability(String first, String second, int count) {
        return (count - DISCOUNT) / count(seconds(first)) + backOff(first) * probability(second);
    }

    /** What the bigrams of a word have given away; all, of one that nothing came after. */
    private double backOff(String first) {
        Map<String, Integer> seconds = seconds(first);
        return seconds.isEmpty() ? 1 : DISCOUNT * seconds.size() / count(seconds);
    }

    private Map<String, Integer> seconds(String first) {
        return bigrams.getOrDefault(first, Map.of());
    }

    private static int count(Map<String, Integer> seconds) {
        return seconds.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String log10(double p) {
        return String.format(Locale.ROOT, "%.5f", Math.log10(p));
    }
}
