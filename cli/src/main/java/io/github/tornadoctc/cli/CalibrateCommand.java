package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcCalibration;
import io.github.tornadoctc.CtcCostModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what {@code auto} goes by. */
@Command(
        name = "calibrate",
        description =
                "Measures what calls cost on this machine, by which --backend auto chooses call by call, and keeps"
                        + " it in the user's cache. Takes some seconds; best while nothing else runs.")
final class CalibrateCommand implements Callable<Integer> {
    @Option(names = "--show", description = "Measure nothing, and print what is kept.")
    private boolean show;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> passedOver = new TreeMap<>();
        List<CtcCalibration> calibrations =
                show ? CtcBackends.calibrations(passedOver::put) : CtcBackends.calibrate(passedOver::put);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, calibrations, passedOver);
        } else {
            printText(out, calibrations, passedOver);
        }
        return ExitCode.DONE;
    }

    private void printText(PrintWriter out, List<CtcCalibration> calibrations, Map<String, String> passedOver) {
        for (CtcCalibration calibration : calibrations) {
            out.printf("%s on %s, %s%n", calibration.backend(), calibration.device(), calibration.measured());
            out.printf("for %s%n", calibration.holdsFor());
            CtcBackends.file(calibration).ifPresent(file -> out.printf("kept in %s%n", file));
            Map<String, Double> builtIn = builtIn(calibration);
            Table table = new Table().left("  constant").right("measured").right("built-in");
            calibration
                    .constants()
                    .forEach((name, value) -> table.row(
                            "  " + name,
                            Numbers.digits(value),
                            Numbers.digits(builtIn.getOrDefault(name, Double.NaN))));
            table.print(out);
            out.println();
        }
        if (calibrations.isEmpty() && show) {
            out.println("Nothing is kept: the built-in constants are used.");
        }
        passedOver.forEach((name, reason) -> out.printf("%s not measured: %s%n", name, reason));
    }

    private static Map<String, Double> builtIn(CtcCalibration calibration) {
        return CtcBackends.provider(calibration.backend())
                .costModel()
                .map(CtcCostModel::builtIn)
                .orElse(Map.of());
    }

    private static void printJson(PrintWriter out, List<CtcCalibration> calibrations, Map<String, String> passedOver) {
        Json.print(out, json -> {
            json.writeArrayFieldStart("calibrations");
            for (CtcCalibration calibration : calibrations) {
                write(json, calibration);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("notMeasured");
            for (Map.Entry<String, String> each : passedOver.entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, CtcCalibration calibration) throws IOException {
        json.writeStartObject();
        json.writeStringField("backend", calibration.backend());
        json.writeStringField("device", calibration.device());
        json.writeStringField("holdsFor", calibration.holdsFor());
        json.writeStringField("measured", calibration.measured().toString());
        String file = CtcBackends.file(calibration).map(Path::toString).orElse(null);
        if (file != null) {
            json.writeStringField("file", file);
        }
        writeNumbers(json, "constants", calibration.constants());
        writeNumbers(json, "builtIn", new TreeMap<>(builtIn(calibration)));
        json.writeEndObject();
    }

    private static void writeNumbers(JsonGenerator json, String field, Map<String, Double> numbers) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Double> each : numbers.entrySet()) {
            Json.numberField(json, each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }
}
