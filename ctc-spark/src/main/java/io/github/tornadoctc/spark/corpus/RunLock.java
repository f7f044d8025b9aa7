package io.github.tornadoctc.spark.corpus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time write to an output. It is a file that says who has created it, and that its run writes anew every
 * {@link #BEAT} as long as it goes on. Whoever finds the file of another run
 *
 * <ul>
 *   <li>asks the operating system whether that process lives, if it is one of this machine;
 *   <li>else looks at the file until it changes, and then the run lives, or for {@link #PATIENCE}, and then it does not. No
 *       clocks of two machines are compared.
 * </ul>
 *
 * <p>The lock of a run that does not live is taken. A run that has only been stopped for so long finds that out before it makes
 * anything visible ({@link #check}), and fails. That no utterance is in an output twice does not depend on it: see
 * {@link OutputDirectory#commit}.
 */
final class RunLock implements AutoCloseable {
    static final Duration BEAT = Duration.ofSeconds(5);
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Lets time pass. */
    interface Sleeper {
        /** To see whether the run of that holder goes on. */
        void sleep(String holder, Duration time) throws InterruptedException;
    }

    private final FileSystem files;
    private final Path path;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ctc-corpus-lock").factory());
    private LockHolder self = LockHolder.self();

    private RunLock(FileSystem files, Path path) {
        // without the checksums beside it, which a file that is replaced by others would not agree with
        this.files = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        this.path = path;
    }

    /**
     * Takes the lock, and keeps it until it is closed.
     *
     * @param files that the output is on
     * @param path of the lock
     * @param output its name, for messages
     * @throws CorpusException if another run has it, naming that
     */
    static RunLock take(FileSystem files, Path path, String output, Sleeper sleeper) throws IOException {
        RunLock lock = new RunLock(files, path);
        while (!ExclusiveFile.create(files, path, JSON.writeValueAsBytes(lock.self))) {
            @Nullable LockHolder other = lock.read();
            if (lock.isHeld(other, sleeper)) {
                throw new CorpusException(
                        "%s: a run has it that goes on, %s; wait until that has ended, or another directory would do"
                                .formatted(output, described(lock.read())));
            }
            if (Objects.equals(other, lock.read())) {
                lock.files.delete(path, false);
            }
        }
        lock.check();
        lock.beginToBeat();
        return lock;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor, and nobody waits for it
    private void beginToBeat() {
        beats.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String described(@Nullable LockHolder holder) {
        return holder == null
                ? "which does not say who it is"
                : "process %d on %s, since %s".formatted(holder.process(), holder.host(), holder.since());
    }

    /** Whether the run that has it goes on. */
    private boolean isHeld(@Nullable LockHolder holder, Sleeper sleeper) throws IOException {
        if (!files.exists(path)) {
            return false;
        }
        if (holder != null && holder.livedHere()) {
            return holder.lives();
        }
        try {
            for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(BEAT)) {
                sleeper.sleep(described(holder), BEAT);
                LockHolder now = read();
                if (!Objects.equals(now, holder)) {
                    return files.exists(path);
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it waited for " + path, e);
        }
    }

    /** Who has it, or null if that cannot be read, as while it is being written. */
    private @Nullable LockHolder read() throws IOException {
        try (InputStream in = files.open(path)) {
            return JSON.readValue(in.readAllBytes(), LockHolder.class);
        } catch (JacksonException | FileNotFoundException e) {
            return null;
        }
    }

    /** The name that no other run has. */
    String token() {
        return self.token();
    }

    /**
     * Makes sure that this run still has it.
     *
     * @throws CorpusException if it has not
     */
    synchronized void check() throws IOException {
        @Nullable LockHolder holder = read();
        if (holder == null || !holder.token().equals(self.token())) {
            throw new CorpusException(
                    "%s: is no longer this run's, which has been stopped for longer than %d s: it is that of %s"
                            .formatted(path, PATIENCE.toSeconds(), holder == null ? "nobody" : described(holder)));
        }
    }

    private synchronized void beat() {
        try {
            check();
            self = self.next();
            try (OutputStream out = files.create(path, true)) {
                out.write(JSON.writeValueAsBytes(self));
            }
        } catch (IOException | CorpusException e) {
            // A lost lock is the error of whoever checks it; a file system that fails for a while is none.
        }
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        beats.shutdownNow();
        synchronized (this) {
            @Nullable LockHolder holder = read();
            if (holder != null && holder.token().equals(self.token())) {
                files.delete(path, false);
            }
        }
    }
}
