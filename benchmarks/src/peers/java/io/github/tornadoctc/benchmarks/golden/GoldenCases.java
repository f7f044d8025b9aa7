package io.github.tornadoctc.benchmarks.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Writes the golden cases, one file for each theme, to the directory given. The same every time: inputs are seeded, and
 * libtorch's numbers are rounded to fewer digits than it reproduces.
 */
public final class GoldenCases {
    private static final String COMMAND =
            "java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                    + " -cp benchmarks/target/benchmarks.jar " + GoldenCases.class.getName()
                    + " tests/src/test/resources/golden";

    private GoldenCases() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("one argument: the directory to write to");
        }
        torch.set_num_threads(1);
        Path directory = Files.createDirectories(Path.of(args[0]));
        write(directory, "logits", "CTC of raw logits, as ctc_loss of log_softmax", GoldenLogits.all());
        write(directory, "options", "reductions and zero_infinity", GoldenOptions.all());
        write(directory, "log-probs", "ctc_loss of log-probabilities, normalised or not", GoldenLogProbs.all());
        write(directory, "differences", "where TornadoCTC answers otherwise", GoldenDifferences.all());
    }

    private static void write(Path directory, String theme, String about, List<GoldenInput> inputs)
            throws IOException {
        String version = Loader.getVersion("org.bytedeco", "pytorch");
        Path file = directory.resolve(theme + ".json");
        Files.writeString(file, GoldenJson.file(about, version, COMMAND, inputs));
        System.out.printf("%s: %d cases%n", file, inputs.size());
    }
}
