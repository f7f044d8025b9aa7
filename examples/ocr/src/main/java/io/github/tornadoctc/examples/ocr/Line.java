package io.github.tornadoctc.examples.ocr;

import io.github.tornadoctc.CtcBatch;
import java.util.List;

/**
 * A line of text and what the network made of its image.
 *
 * @param text the true text
 * @param labels the text's labels, the target
 * @param scores the network's log-probabilities, {@code [t][v]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Line(String text, int[] labels, float[][] scores) {

    /** The lines as one batch of log-probabilities, time-major; past a line's frames the scores are 0 and never read. */
    static CtcBatch batch(List<Line> lines, int symbols) {
        int timeSteps = lines.stream().mapToInt(Line::timeSteps).max().orElse(0);
        float[] scores = new float[Math.multiplyExact(Math.multiplyExact(timeSteps, lines.size()), symbols)];
        for (int b = 0; b < lines.size(); b++) {
            float[][] rows = lines.get(b).scores;
            for (int t = 0; t < rows.length; t++) {
                System.arraycopy(rows[t], 0, scores, (t * lines.size() + b) * symbols, symbols);
            }
        }
        return CtcBatch.builder(timeSteps, lines.size(), symbols)
                .blank(Symbols.BLANK)
                .scores(scores)
                .inputLengths(lines.stream().mapToInt(Line::timeSteps).toArray())
                .targets(lines.stream().map(Line::labels).toArray(int[][]::new))
                .build();
    }

    /** T_b. */
    int timeSteps() {
        return scores.length;
    }
}
