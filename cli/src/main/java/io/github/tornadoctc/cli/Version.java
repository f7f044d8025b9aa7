package io.github.tornadoctc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven built. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {
            "TornadoCTC " + properties.getProperty("version"),
            "Java %s, %s".formatted(System.getProperty("java.version"), System.getProperty("java.vm.name"))
        };
    }
}
