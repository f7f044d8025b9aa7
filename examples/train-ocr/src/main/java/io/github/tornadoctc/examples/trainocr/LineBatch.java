package io.github.tornadoctc.examples.trainocr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lines as arrays of DJL.
 *
 * @param data the images, {@code [B][1][24][W]}, 0 paper to 1 ink; past a line's own width there is paper
 * @param labels targets {@code [B][U]}, targetLengths {@code [B]}, inputLengths {@code [B]}
 */
record LineBatch(NDList data, NDList labels) {
    private static final float FULL = 255;

    /** Lines of a generator of their own: the batch of a seed and a number is the same whenever it is drawn. */
    static LineBatch draw(NDManager manager, LineDrawing drawing, long seed, long number, int lines) {
        // nextLong of a split generator mixes the bits of both
        SplittableRandom random =
                new SplittableRandom(new SplittableRandom(seed).nextLong() ^ new SplittableRandom(number).nextLong());
        List<DrawnLine> drawn = new ArrayList<>();
        for (int b = 0; b < lines; b++) {
            drawn.add(drawing.draw(random));
        }
        return of(manager, drawn);
    }

    /** These lines. */
    static LineBatch of(NDManager manager, List<DrawnLine> lines) {
        int batchSize = lines.size();
        int longest =
                lines.stream().mapToInt(line -> line.text().length()).max().orElse(0);
        int[] targets = new int[batchSize * longest];
        int[] targetLengths = new int[batchSize];
        int[] inputLengths = new int[batchSize];
        for (int b = 0; b < batchSize; b++) {
            String text = lines.get(b).text();
            targetLengths[b] = text.length();
            inputLengths[b] = lines.get(b).image().frames();
            for (int u = 0; u < text.length(); u++) {
                targets[b * longest + u] = Alphabet.symbol(text.charAt(u));
            }
        }
        NDList labels = new NDList(
                manager.create(targets, new Shape(batchSize, longest)),
                manager.create(targetLengths),
                manager.create(inputLengths));
        return new LineBatch(
                new NDList(images(manager, lines.stream().map(DrawnLine::image).toList())), labels);
    }

    /** Images side by side, {@code [B][1][24][W]}. */
    static NDArray images(NDManager manager, List<LineImage> images) {
        int width = images.stream().mapToInt(LineImage::width).max().orElse(0);
        float[] pixels = new float[images.size() * LineImage.HEIGHT * width];
        for (int b = 0; b < images.size(); b++) {
            LineImage image = images.get(b);
            for (int y = 0; y < LineImage.HEIGHT; y++) {
                for (int x = 0; x < image.width(); x++) {
                    pixels[(b * LineImage.HEIGHT + y) * width + x] = image.at(x, y) / FULL;
                }
            }
        }
        return manager.create(pixels, new Shape(images.size(), 1, LineImage.HEIGHT, width));
    }
}
