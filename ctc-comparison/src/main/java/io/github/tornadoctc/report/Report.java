package io.github.tornadoctc.report;

import io.github.tornadoctc.compare.ComparisonRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a comparison into a directory: {@code index.html}, which needs nothing beside it and no network,
 * {@code comparison.csv}, and {@code comparison.json}.
 */
public final class Report {
    private Report() {}

    /**
     * Writes all files or none.
     *
     * @param directory made if it is not there; files of these names in it are replaced
     * @param json what {@code comparison.json} is to contain
     */
    public static void write(Path directory, ComparisonRun run, String json) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("comparison.csv", Csv.of(run));
        files.put("comparison.json", json);
        // last, so that whoever sees the page finds the others beside it
        files.put("index.html", new Page(run).text());
        ReportFiles.write(directory, files);
    }
}
