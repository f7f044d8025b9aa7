package io.github.tornadoctc.examples.ocr;

import ai.onnxruntime.OrtException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.BatchFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program: the network writes its output where the backend reads it, and the backend its gradient where the caller
 * wants it, so that nothing is copied in between. Every line has a slot of as many frames as the longest line, and what it
 * has fewer is never read: that is a batch in the layout [B, T, V].
 */
public final class LentMemoryBatch {
    private LentMemoryBatch() {}

    /**
     * Prints each line's loss, and writes the batch.
     *
     * @param args the batch's file, ending in {@code .npz}, and a UTF-8 file with a text per line
     */
    public static void main(String[] args) throws OrtException {
        if (args.length != 2 || !args[0].endsWith(OcrBatch.EXTENSION)) {
            System.err.println("usage: LentMemoryBatch OUTPUT.npz LINES.txt");
            System.exit(2);
        }
        try (CtcBackend backend = CtcBackends.best()) {
            run(backend, Path.of(args[0]), Files.readAllLines(Path.of(args[1])));
        } catch (BatchFileException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("ocr: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("ocr: " + e); // the message alone is often only the file's name
            System.exit(2);
        }
    }

    private static void run(CtcBackend backend, Path file, List<String> texts) throws IOException, OrtException {
        LineRenderer renderer = LineRenderer.create();
        Symbols symbols = Symbols.ofModel();
        List<LineImage> images = texts.stream().map(renderer::draw).toList();
        int[] frames = images.stream().mapToInt(Recognizer::timeSteps).toArray();
        int timeSteps = images.stream().mapToInt(Recognizer::timeSteps).max().orElse(0);
        long slot = (long) timeSteps * symbols.size() * Float.BYTES;
        long floats = Math.max(slot / Float.BYTES * texts.size(), 1);
        MemorySegment scores = backend.allocate(floats, Arena.ofAuto());
        MemorySegment gradient = backend.allocate(floats, Arena.ofAuto());
        try (Recognizer recognizer = new Recognizer()) {
            for (int b = 0; b < images.size(); b++) {
                MemorySegment rows = scores.asSlice(b * slot, (long) frames[b] * symbols.size() * Float.BYTES);
                recognizer.read(images.get(b), rows, symbols.size());
                takeLogarithms(rows);
            }
        }
        CtcBatch batch = CtcBatch.builder(timeSteps, texts.size(), symbols.size())
                .blank(Symbols.BLANK)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores.asSlice(0, slot * texts.size()))
                .inputLengths(frames)
                .targets(texts.stream().map(symbols::labels).toArray(int[][]::new))
                .build();
        CtcResult result = CtcResult.withGradientIn(gradient.asSlice(0, slot * texts.size()), batch);
        backend.compute(batch, CtcOptions.defaults().withScores(Scores.LOG_PROBS), result);
        print(backend, batch, result, texts);
        BatchFile.write(file, batch);
    }

    private static void takeLogarithms(MemorySegment rows) {
        for (long i = 0; i < rows.byteSize() / Float.BYTES; i++) {
            float probability = rows.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            rows.setAtIndex(ValueLayout.JAVA_FLOAT, i, LogProbability.of(probability));
        }
    }

    private static void print(CtcBackend backend, CtcBatch batch, CtcResult result, List<String> texts) {
        System.out.printf("%s: %s%n", backend.name(), backend.device());
        System.out.println("   T    U      loss  text");
        for (int b = 0; b < texts.size(); b++) {
            System.out.printf(
                    "%4d %4d %9.4f  %s%n", batch.inputLength(b), batch.targetLength(b), result.loss(b), texts.get(b));
        }
    }
}
