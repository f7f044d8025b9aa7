package io.github.tornadoctc.modules;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.io.BatchFile;
import java.io.IOException;
import java.nio.file.Path;

/** A program that computes a file's loss by every backend it finds, and prints which module each is of. */
final class LossOfAFile {
    private LossOfAFile() {}

    public static void main(String[] args) throws IOException {
        CtcBatch batch = BatchFile.read(Path.of(args[0]));
        for (CtcBackendProvider provider : CtcBackends.providers()) {
            try (CtcBackend backend = provider.open(CtcConfiguration.defaults())) {
                double loss = backend.compute(batch, CtcOptions.defaults()).loss(0);
                System.out.printf("%s: %s: %.6f%n", provider.getClass().getModule(), backend.device(), loss);
            }
        }
    }
}
