package io.github.tornadoctc.spark.corpus;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster on the loopback interface: a master and workers of one core each, processes of their own, with the jars
 * of this JVM's class path that are not ours.
 */
final class LoopbackCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("(Successfully registered with master)");

    /** Ours come with the job. */
    private static final String OTHERS_JARS = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !entry.contains("/target/"))
            .collect(joining(File.pathSeparator));

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    LoopbackCluster(Path home, int workers) throws IOException, InterruptedException {
        this.home = home;
        // where a distribution has its jars, which is looked at and needs not have any
        Files.createDirectories(home.resolve("jars"));
        this.master = start(MASTER, "org.apache.spark.deploy.master.Master", "--port", "0");
        for (int i = 0; i < workers; i++) {
            start(
                    REGISTERED,
                    "org.apache.spark.deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    home.resolve("work-" + i).toString(),
                    master);
        }
    }

    /** How many of its processes run, the master among them. */
    long alive() {
        return processes.stream().filter(Process::isAlive).count();
    }

    /** Starts a part of the cluster, and waits until it says that it is there; what it says then. */
    private String start(Pattern ready, String main, String... arguments) throws IOException, InterruptedException {
        Path log = home.resolve("log-" + processes.size());
        List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        all.addAll(List.of(arguments));
        Process process = java(main, all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        processes.add(process);
        while (process.isAlive()) {
            Matcher said = ready.matcher(Files.readString(log));
            if (said.find()) {
                return said.group(1);
            }
            Thread.sleep(50);
        }
        throw new IOException("%s has ended: %s".formatted(main, Files.readString(log)));
    }

    /** What a command line of spark-submit did. */
    record Submitted(int code, String out, String err) {}

    /** Runs spark-submit on this cluster, with a small executor on each worker. */
    Submitted submit(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--master", master, "--conf", "spark.executor.memory=512m"));
        all.addAll(List.of("--conf", "spark.executor.extraClassPath=" + OTHERS_JARS));
        all.addAll(List.of("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1"));
        all.addAll(List.of(arguments));
        Path out = home.resolve("submit-out");
        Path err = home.resolve("submit-err");
        Process process = java("org.apache.spark.deploy.SparkSubmit", all)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        processes.add(process);
        int code = process.waitFor();
        processes.remove(process);
        return new Submitted(code, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** As Spark's scripts start it. */
    private ProcessBuilder java(String main, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split(" +")));
        command.addAll(List.of("-cp", OTHERS_JARS, main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        home.toString(),
                        // looked for in a distribution otherwise
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        return builder;
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
