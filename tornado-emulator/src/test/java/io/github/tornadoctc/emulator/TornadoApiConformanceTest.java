package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * A program compiled against the emulator has to link and run against TornadoVM itself: everything public here must
 * be there, too, and be the same. Read from the class files; no class of the SDK is loaded.
 */
class TornadoApiConformanceTest {
    private static final String API = "uk/ac/manchester/tornado/api/";

    @Test
    void everyPublicSignatureIsThatOfTheInstalledTornadoVm() throws Exception {
        Optional<Path> jar = installedApi();
        assumeTrue(
                jar.isPresent(),
                "no tornado-api jar under TORNADOVM_HOME or ~/.sdkman/candidates/tornadovm/current: nothing to compare");
        Map<String, ClassModel> theirs = readJar(jar.orElseThrow());
        List<String> differences = new ArrayList<>();
        for (ClassModel ours : readDirectory(emulatorClasses())) {
            if (ApiComparison.isPublic(ours)) {
                differences.addAll(new ApiComparison(ours, theirs).differences());
            }
        }
        assertThat(differences).as("differences to " + jar.orElseThrow()).isEmpty();
    }

    private static Optional<Path> installedApi() throws IOException {
        List<Path> homes = new ArrayList<>();
        String home = System.getenv("TORNADOVM_HOME");
        if (home != null) {
            homes.add(Path.of(home));
        }
        homes.add(Path.of(System.getProperty("user.home"), ".sdkman/candidates/tornadovm/current"));
        for (Path each : homes) {
            if (Files.isDirectory(each)) {
                try (Stream<Path> files = Files.walk(each.toRealPath())) {
                    Optional<Path> jar =
                            files.filter(TornadoApiConformanceTest::isApiJar).findFirst();
                    if (jar.isPresent()) {
                        return jar;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isApiJar(Path file) {
        return file.getFileName().toString().matches("tornado-api-\\d+\\.\\d+\\.\\d+(-jdk\\d+(plus)?)?(-dev)?\\.jar");
    }

    private static Path emulatorClasses() throws Exception {
        return Path.of(Emulator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static List<ClassModel> readDirectory(Path classes) throws IOException {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve(API))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                models.add(ClassFile.of().parse(file));
            }
        }
        return models;
    }

    private static Map<String, ClassModel> readJar(Path file) throws IOException {
        Map<String, ClassModel> models = new HashMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(API) && entry.getName().endsWith(".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        ClassModel model = ClassFile.of().parse(in.readAllBytes());
                        models.put(model.thisClass().asInternalName(), model);
                    }
                }
            }
        }
        return models;
    }
}
