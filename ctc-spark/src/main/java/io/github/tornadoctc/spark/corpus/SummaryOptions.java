package io.github.tornadoctc.spark.corpus;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to say what was done. */
final class SummaryOptions {
    private static final double SECONDS_PER_HOUR = 3600;

    @Option(
            names = "--frame-ms",
            paramLabel = "MS",
            description = "How long a frame is, in milliseconds, to print hours beside frames.")
    private @Nullable Double frameMillis;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    void print(PrintWriter out, CorpusSummary summary) throws IOException {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(fields(summary)));
            return;
        }
        out.println("%d rows: %s"
                .formatted(
                        summary.allRows(),
                        summary.rows().entrySet().stream()
                                .map(each -> "%d %s".formatted(each.getValue(), each.getKey()))
                                .collect(joining(", "))));
        out.println("%d frames%s".formatted(summary.frames(), hours(summary.frames())));
        if (summary.computedRows() == 0) {
            out.println("all were there before");
        } else {
            out.println("%d rows of %d frames computed in %.1f s: %.0f frames a second%s"
                    .formatted(
                            summary.computedRows(),
                            summary.computedFrames(),
                            summary.seconds(),
                            summary.framesPerSecond(),
                            frameMillis == null
                                    ? ""
                                    : ", %.0f times as fast as they are said"
                                            .formatted(summary.framesPerSecond() * frameMillis / 1000)));
        }
    }

    private String hours(long frames) {
        return frameMillis == null ? "" : ", %.2f hours".formatted(inHours(frames, frameMillis));
    }

    private static double inHours(long frames, double frameMillis) {
        return frames * frameMillis / 1000 / SECONDS_PER_HOUR;
    }

    private Map<String, Object> fields(CorpusSummary summary) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", summary.allRows());
        fields.put("statuses", summary.rows());
        fields.put("frames", summary.frames());
        if (frameMillis != null) {
            fields.put("hours", inHours(summary.frames(), frameMillis));
        }
        fields.put("computedRows", summary.computedRows());
        fields.put("computedFrames", summary.computedFrames());
        fields.put("seconds", summary.seconds());
        fields.put("framesPerSecond", summary.framesPerSecond());
        return fields;
    }
}
