package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcResult;
import java.util.List;

/**
 * The absolute errors of one utterance's gradient over frames and symbols, as a picture of bounded size: a cell has
 * the largest error of the frames and symbols it covers. Column c covers frames c·T/columns up to, but without,
 * (c+1)·T/columns; rows cover symbols likewise.
 *
 * @param utterance b
 * @param frames T of the utterance
 * @param symbols V
 * @param cells rows, each a row of cells
 */
public record HeatMap(int utterance, int frames, int symbols, List<double[]> cells) {
    /** What a screen can show. */
    private static final int MAX_COLUMNS = 300;

    private static final int MAX_ROWS = 150;

    /** Of an utterance that has frames. */
    static HeatMap of(UtteranceTruth truth, CtcResult result) {
        int b = truth.utterance();
        int frames = truth.batch().inputLength(b);
        int symbols = truth.batch().symbols();
        double[][] cells = new double[Math.min(symbols, MAX_ROWS)][Math.min(frames, MAX_COLUMNS)];
        for (int t = 0; t < frames; t++) {
            double[] expected = truth.gradient(t);
            int column = cell(t, frames, cells[0].length);
            for (int v = 0; v < symbols; v++) {
                double error = Difference.absolute(result.gradient(truth.batch(), t, b, v), expected[v]);
                double[] row = cells[cell(v, symbols, cells.length)];
                row[column] = Math.max(row[column], error);
            }
        }
        return new HeatMap(b, frames, symbols, List.of(cells));
    }

    /** The one of {@code cells} cells that index i of n is in, such that ⌊c·n/cells⌋ ≤ i < ⌊(c+1)·n/cells⌋. */
    private static int cell(int i, int n, int cells) {
        return (int) (((i + 1L) * cells - 1) / n);
    }

    /** How many cells a row has. */
    public int columns() {
        return cells.get(0).length;
    }

    /** How many rows there are. */
    public int rows() {
        return cells.size();
    }
}
