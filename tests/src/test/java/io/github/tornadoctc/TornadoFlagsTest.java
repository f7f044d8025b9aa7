package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the script {@code tornado-flags} makes of an SDK, in whatever state it is. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class TornadoFlagsTest {
    private static final Path SCRIPT = Path.of("..", "tornado-flags").toAbsolutePath();
    private static final String BAILOUT = "-Dtornado.recover.bailout=False";

    @TempDir
    Path directory;

    private Path sdk;
    private Path jars;
    private Path flags;

    @BeforeEach
    void makeAnSdk() throws IOException {
        sdk = directory.resolve("sdk");
        jars = Files.createDirectories(sdk.resolve("share/java/tornado"));
        flags = directory.resolve("build/flags");
        version("5.2.0-jdk25");
        jar("tornado-api");
        jar("tornado-drivers-common");
        jar("tornado-drivers-opencl");
    }

    private void jar(String name) throws IOException {
        Files.writeString(jars.resolve(name + "-5.2.0-jdk25.jar"), "");
    }

    private void version(String version) throws IOException {
        Files.createDirectories(sdk.resolve("etc"));
        Files.writeString(sdk.resolve("etc/tornado.release"), "version=%s\nbranch=UNKNOWN\n".formatted(version));
    }

    private void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the script said that wrote the flags of an SDK. */
    private String run(String home) throws IOException, InterruptedException {
        return run(0, home, flags.toString());
    }

    /** What the script said that ended with this exit code. */
    private String run(int exitCode, String home, String... arguments) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TORNADOVM_HOME", home);
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        int ended = builder.start().waitFor();
        assertThat(ended).as(Files.readString(said)).isEqualTo(exitCode);
        return Files.readString(said);
    }

    private List<String> flags() throws IOException, InterruptedException {
        assertThat(run(sdk.toString())).isEmpty();
        return Files.readAllLines(flags);
    }

    @Test
    void theFlagsAreThoseOfTheSdkWithoutTheCurrentDirectory() throws Exception {
        Files.writeString(
                sdk.resolve("tornado-argfile"),
                """
                # comment
                -server -Dx=y
                --module-path .:/sdk/share/java/tornado:/sdk/share/java/graalJars
                --add-modules ALL-SYSTEM,tornado.drivers.opencl

                --add-exports=a/b=c
                """);
        assertThat(flags())
                .containsExactly(
                        "-server",
                        "-Dx=y",
                        "--module-path=/sdk/share/java/tornado:/sdk/share/java/graalJars",
                        "--add-modules=ALL-SYSTEM,tornado.drivers.opencl",
                        "--add-exports=a/b=c",
                        BAILOUT);
    }

    @Test
    void anSdkThatHasJustBeenUnpackedHasOnlyATemplate() throws Exception {
        Files.writeString(sdk.resolve("tornado-argfile.template"), "--module-path .:${TORNADOVM_HOME}/share\n");
        assertThat(flags()).containsExactly("--module-path=" + sdk + "/share", BAILOUT);
    }

    @Test
    void anSdkWithoutAnyFileIsAskedItself() throws Exception {
        Path exports = Files.writeString(directory.resolve("exports"), "# comment\n--add-exports a/b=c");
        script(sdk.resolve("bin/tornado"), "echo /jdk/bin/java -server @" + exports + " --add-modules m");
        assertThat(flags()).containsExactly("-server", "--add-exports=a/b=c", "--add-modules=m", BAILOUT);
    }

    @Test
    void anSdkThatTellsNothingIsLeftOutAndThatIsSaid() throws Exception {
        assertThat(run(sdk.toString())).contains("does not tell its flags");
        assertThat(flags).isEmptyFile();
    }

    @Test
    void helpSaysHowItIsUsedAndIsNoFile() throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(0, sdk.toString(), option))
                    .contains("tornado-flags FILE", "TORNADOVM_HOME")
                    .doesNotContain("#");
            assertThat(directory.resolve(option)).doesNotExist();
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        assertThat(run(2, sdk.toString(), "--out")).contains("there is no option --out; usage: tornado-flags FILE");
        assertThat(directory.resolve("--out")).doesNotExist();
        assertThat(run(2, sdk.toString(), "")).contains("usage: tornado-flags FILE");
        assertThat(run(2, sdk.toString())).contains("usage: tornado-flags FILE");
        assertThat(run(2, sdk.toString(), "a", "b")).contains("usage: tornado-flags FILE");
        assertThat(run(2, sdk.toString(), "a", "--out")).contains("usage: tornado-flags FILE");
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void withoutAnSdkThereAreNoFlags() throws Exception {
        assertThat(run("")).isEmpty();
        assertThat(flags).isEmptyFile();
    }

    @Test
    void whatIsNoSdkIsSaid() throws Exception {
        assertThat(run(directory.resolve("nowhere").toString())).contains("no TornadoVM SDK in " + directory);
        assertThat(flags).isEmptyFile();
    }

    @Test
    void aBackendWithoutItsDriverIsNamedAndTheOthersGoOn() throws Exception {
        jar("tornado-drivers-cuda");
        Files.createDirectories(sdk.resolve("lib"));
        Files.writeString(sdk.resolve("lib/libtornado-cuda.so"), "");
        Files.writeString(sdk.resolve("lib/libtornado-opencl.so"), "");
        script(
                directory.resolve("bin/ldd"),
                "case $1 in *cuda*) echo '  libcuda.so.1 => not found';; *) echo '  libc.so.6 => /libc.so.6';; esac\n");
        Files.writeString(
                sdk.resolve("tornado-argfile"),
                """
                --module-path .:%s
                --add-modules tornado.drivers.opencl,tornado.drivers.cuda
                --add-reads=tornado.drivers.cuda=x
                --add-opens a/b=x,tornado.drivers.cuda
                """
                        .formatted(jars));
        assertThat(run(sdk.toString())).contains("backend cuda", "libcuda.so.1");
        assertThat(Files.readAllLines(flags))
                .contains("--add-modules=tornado.drivers.opencl", "--add-opens=a/b=x")
                .anyMatch(flag -> flag.startsWith("--module-path=") && flag.contains("tornado-drivers-opencl-"))
                .noneMatch(flag -> flag.contains("cuda"));
    }

    @Test
    void whereNoBackendHasItsDriverThereAreNoFlags() throws Exception {
        Files.createDirectories(sdk.resolve("lib"));
        Files.writeString(sdk.resolve("lib/libtornado-opencl.so"), "");
        script(directory.resolve("bin/ldd"), "echo '  libOpenCL.so.1 => not found'\n");
        Files.writeString(sdk.resolve("tornado-argfile"), "-server\n");
        assertThat(run(sdk.toString())).contains("libOpenCL.so.1");
        assertThat(flags).isEmptyFile();
    }

    @Test
    void aVersionThatHasNotBeenTriedIsTakenIfJavaStartsWithIt() throws Exception {
        version("9.1.0-jdk22plus");
        Files.writeString(sdk.resolve("tornado-argfile"), "-server\n");
        assertThat(flags()).containsExactly("-server", BAILOUT);
    }

    @Test
    void aVersionThatDoesNotStartIsLeftOutAndThatIsSaid() throws Exception {
        version("9.1.0-jdk21");
        Files.writeString(sdk.resolve("tornado-argfile"), "-XX:+NoSuchFlag\n");
        assertThat(run(sdk.toString())).contains("9.1.0-jdk21", "does not start", "NoSuchFlag");
        assertThat(flags).isEmptyFile();
    }
}
