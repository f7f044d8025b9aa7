package io.github.tornadoctc.kernels;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which TornadoVM this JVM was started with. */
final class SdkVersion {
    /** Those that all tests for a device have run on. */
    private static final List<String> TRIED = List.of("5.2.0-jdk25");

    private static final String UNKNOWN = "of unknown version";
    private static final Pattern JAR = Pattern.compile("tornado-api-([^/]+)\\.jar$");

    private SdkVersion() {}

    /** Its version, such as {@code 5.2.0-jdk25}, as the name of the jar of its API has it. */
    static String installed() {
        return ModuleLayer.boot()
                .configuration()
                .findModule(TornadoVm.SDK_MODULE)
                .flatMap(module -> module.reference().location())
                .map(SdkVersion::of)
                .orElse(UNKNOWN);
    }

    static String of(URI jar) {
        Matcher name = JAR.matcher(jar.toString());
        return name.find() ? name.group(1) : UNKNOWN;
    }

    /** What a user should know of a version: which it is, and whether anybody has tried it. */
    static String describe(String version) {
        String words = "TornadoVM " + version;
        return TRIED.contains(version)
                ? words
                : words + ", which has not been tried; %s has".formatted(String.join(", ", TRIED));
    }
}
