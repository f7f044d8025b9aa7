package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.SingleDeviceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Offers the CPU under another name; but once, in the middle of a task, where an utterance has a certain length, it kills the
 * worker that the executor belongs to, and the executor, as a machine that fails does. That it has done so, a file says whose
 * name is in the environment.
 */
public final class KillingProvider extends SingleDeviceProvider {
    /** Names the file. */
    public static final String MARK = "TORNADOCTC_TEST_MARK";
    /** The length. */
    public static final int FRAMES = 333;

    /** For {@link java.util.ServiceLoader}. */
    public KillingProvider() {
        super("killing", -1, "0");
    }

    @Override
    protected CtcDevice device(String id) {
        return new CtcDevice(id, "test", "test");
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        return new Killing(CtcBackends.open("cpu", configuration));
    }

    private record Killing(CtcBackend cpu) implements CtcBackend {
        @Override
        public String name() {
            return "killing";
        }

        @Override
        public String device() {
            return cpu.device();
        }

        @Override
        public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
            for (int b = 0; b < batch.batchSize(); b++) {
                if (batch.inputLength(b) == FRAMES && isFirst()) {
                    ProcessHandle.current().parent().ifPresent(ProcessHandle::destroyForcibly);
                    Runtime.getRuntime().halt(1);
                }
            }
            cpu.compute(batch, options, result);
        }

        private static boolean isFirst() {
            try {
                Files.createFile(Path.of(System.getenv(MARK)));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            cpu.close();
        }
    }
}
