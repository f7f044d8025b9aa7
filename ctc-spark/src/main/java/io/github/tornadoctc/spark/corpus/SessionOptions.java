package io.github.tornadoctc.spark.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Spark runs, and how. */
final class SessionOptions {
    /** Set by the launcher: the jar that executors need. */
    private static final String JAR_PROPERTY = "tornadoctc.corpus.jar";

    /**
     * What is better for utterances than what Spark has: its reader of Parquet makes room for so many rows at once, and
     * rows of utterances are large.
     */
    private static final Map<String, String> BETTER = Map.of("spark.sql.parquet.columnarReaderBatchSize", "32");

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master: spark://HOST:PORT, yarn, k8s://…, or local[N] for N cores of this machine (default:"
                            + " what spark-submit says, else local[*]).")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=8g.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "Log more, such as why a backend was chosen; to stderr.")
    private boolean verbose;

    /** Starts Spark. */
    SparkSession open() {
        if (verbose) {
            Configurator.setLevel("io.github.tornadoctc", Level.INFO);
        }
        SparkConf conf = new SparkConf();
        BETTER.forEach(conf::setIfMissing);
        settings.forEach(conf::set);
        if (master != null) {
            conf.setMaster(master);
        }
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", "ctc corpus");
        if (conf.get("spark.master").startsWith("local")) {
            // a page that nobody is told of, on a port that others may want
            conf.setIfMissing("spark.ui.enabled", "false");
        } else if (System.getProperty(JAR_PROPERTY) != null) {
            String jars = conf.get("spark.jars", "");
            conf.set("spark.jars", (jars.isEmpty() ? "" : jars + ",") + System.getProperty(JAR_PROPERTY));
        }
        return SparkSession.builder().config(conf).getOrCreate();
    }
}
