package io.github.tornadoctc.cli;

import io.github.tornadoctc.explain.Example;
import io.github.tornadoctc.explain.ExamplePage;
import io.github.tornadoctc.explain.ExampleText;
import io.github.tornadoctc.explain.HeatMapImage;
import io.github.tornadoctc.explain.HeatMapPage;
import io.github.tornadoctc.explain.Occupation;
import io.github.tornadoctc.explain.OccupationText;
import io.github.tornadoctc.io.AtomicFile;
import io.github.tornadoctc.io.BatchFileException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the recursion at work. */
@Command(
        name = "explain",
        description = "Without FILE, enumerates every path of a small example and sets beside them the forward table"
                + " that comes to the same sum. With FILE, draws when an utterance is in which label, and the best"
                + " path.")
final class ExplainCommand implements Callable<Integer> {
    private static final int DEFAULT_WIDTH = 100;

    @Mixin
    private UtteranceOptions utterance;

    @Mixin
    private ExampleOptions exampleOptions;

    @Mixin
    private FileOptions input;

    @Option(
            names = "--html",
            paramLabel = "OUT.html",
            description = "Write a page instead of text, to standard output if it is -.")
    private @Nullable Path page;

    @Option(
            names = "--png",
            paramLabel = "OUT.png",
            description = "Write a heat map of the states' posteriors instead of text, with the best path over it.")
    private @Nullable Path image;

    @Option(names = "--ascii", description = "Print nothing that is not ASCII, but for the names of symbols.")
    private boolean ascii;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        try {
            return utterance.hasFile() ? explainUtterance() : explainExample();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int explainUtterance() throws BatchFileException {
        if (exampleOptions.given()) {
            throw new IllegalArgumentException("--target, --symbols and --probs are of an example: give them or FILE");
        }
        Occupation occupation = utterance.occupation(input);
        writePage(() -> new HeatMapPage(occupation).html());
        writeImage(occupation);
        if (page == null && image == null) {
            new OccupationText(occupation, terminalWidth(), ascii)
                    .print(spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }

    private int explainExample() throws BatchFileException {
        if (utterance.given() || input.given()) {
            throw new IllegalArgumentException(
                    "--utterance, --texts, --layout, --scores and --bfloat16 are of a FILE: give one");
        }
        Example example = exampleOptions.example(input.blank());
        ExampleText text = new ExampleText(example, ascii);
        writePage(() -> new ExamplePage(example).html());
        if (image != null) {
            Occupation occupation = example.occupation();
            if (!occupation.obstacle().isEmpty()) {
                throw new IllegalArgumentException("the example cannot be drawn: " + occupation.obstacle());
            }
            writeImage(occupation);
        }
        if (page == null && image == null) {
            text.print(spec.commandLine().getOut());
        }
        return text.agrees() ? ExitCode.DONE : ExitCode.COMPARISON_FAILED;
    }

    private void writePage(Supplier<String> html) throws BatchFileException {
        if (page == null) {
            return;
        }
        if (StandardOutput.isNamed(page)) {
            spec.commandLine().getOut().print(html.get());
            return;
        }
        String text = html.get();
        AtomicFile.write(page, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        spec.commandLine().getOut().println("wrote " + page);
    }

    private void writeImage(Occupation occupation) throws BatchFileException {
        if (image == null) {
            return;
        }
        HeatMapImage drawn = HeatMapImage.of(occupation);
        AtomicFile.write(image, drawn::writeTo);
        PrintWriter err = spec.commandLine().getErr();
        drawn.warning().ifPresent(warning -> err.println("ctc: " + warning));
        spec.commandLine().getOut().println("wrote " + image);
    }

    /** The width that the shell gives, if it exports that. */
    private static int terminalWidth() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }
}
