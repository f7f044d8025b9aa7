package io.github.tornadoctc.examples.trainocr;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.github.tornadoctc.decoding.Span;
import io.github.tornadoctc.djl.CtcReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code read}: what a trained network reads in pictures. */
@Command(
        name = "read",
        description = "Reads pictures of a line each, of digits and capital letters, and says how sure it is.",
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
    @Option(names = "--model", description = "Directory that train has saved the model in.")
    private Path directory = Path.of("train-ocr");

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "PNG, JPEG, BMP or GIF; any size.")
    private List<Path> images = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter printer = spec.commandLine().getOut();
        try (Model model = TrainingRun.load(directory);
                Predictor<LineImage, CtcReading> predictor = model.newPredictor(new LineReader())) {
            for (Path image : images) {
                CtcReading reading = predictor.predict(ImageFile.read(image));
                printer.printf(
                        "%s: %s  confidence %.2f%s%n", image, reading.text(), reading.confidence(), doubtful(reading));
            }
        } catch (TranslateException e) {
            throw new IllegalStateException("the network cannot be run", e);
        }
        printer.flush();
        return 0;
    }

    /** The character that is the least sure, if there is one. */
    private static String doubtful(CtcReading reading) {
        return reading.labels().stream()
                .min(Comparator.comparingDouble(Span::confidence))
                .map(span -> ", of its %s %.2f".formatted(Alphabet.tokens().piece(span.symbol()), span.confidence()))
                .orElse("");
    }
}
