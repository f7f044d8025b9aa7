package io.github.tornadoctc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stands for a program of its own in the list of commands: the launcher starts that one, which has Spark. */
@Command(
        name = "corpus",
        description =
                "Computes losses, alignments or texts of a corpus in Parquet files, on a cluster or on the cores of this"
                        + " machine, with Apache Spark: ./ctc corpus --help.")
final class CorpusCommand implements Callable<Integer> {
    @Unmatched
    @SuppressWarnings("UnusedVariable") // the arguments are the other program's
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "corpus needs Apache Spark, which is not in this jar: the script ctc starts it, or spark-submit"
                        + " ctc-spark-job.jar");
    }
}
