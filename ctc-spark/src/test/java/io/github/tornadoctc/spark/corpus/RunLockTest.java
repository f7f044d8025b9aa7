package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time has an output; that of a run which is dead can be taken, and it is waited for as little as can be. */
class RunLockTest {
    private static final LockHolder ELSEWHERE =
            new LockHolder("token", "host-7", "another boot pid:[1]", 42, 1000, "2026-11-27T01:00:00Z", 5);

    @TempDir
    java.nio.file.Path directory;

    private final List<Duration> slept = new ArrayList<>();
    private java.nio.file.Path file = java.nio.file.Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("lock");
    }

    private RunLock take(Runnable meanwhile) throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        return RunLock.take(files, new Path(file.toUri()), "out", (holder, time) -> {
            slept.add(time);
            meanwhile.run();
        });
    }

    private void write(LockHolder holder) {
        try {
            Files.write(file, new ObjectMapper().writeValueAsBytes(holder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itIsThereAsLongAsItIsHeld() throws IOException {
        try (RunLock lock = take(() -> {})) {
            assertThat(file).content().contains(lock.token());
            lock.check();
        }
        assertThat(file).doesNotExist();
        take(() -> {}).close();
        assertThat(slept).isEmpty();
    }

    @Test
    void theProcessOfThisMachineThatHasItIsNamedAtOnce() throws IOException {
        try (RunLock lock = take(() -> {})) {
            assertThatThrownBy(() -> take(() -> {}))
                    .isInstanceOf(CorpusException.class)
                    .hasMessageMatching(
                            "out: a run has it that goes on, process %d on \\S+, since 20\\S+Z; wait until that has ended, or another directory would do"
                                    .formatted(ProcessHandle.current().pid()));
            lock.check();
        }
        assertThat(slept).isEmpty();
    }

    @Test
    void thatOfADeadProcessOfThisMachineIsTakenAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        LockHolder self = LockHolder.self();
        LockHolder dead = new LockHolder("dead", "h", self.place(), ended.pid(), 1000, "then", 0);
        ended.waitFor();
        write(dead);
        take(() -> {}).close();
        // the number is another process' now
        write(new LockHolder("dead", "h", self.place(), self.process(), self.processStart() - 10, "then", 0));
        take(() -> {}).close();
        assertThat(slept).isEmpty();
    }

    @Test
    void aRunElsewhereThatGoesOnIsNamedAfterItsNextBeat() {
        write(ELSEWHERE);
        assertThatThrownBy(() -> take(() -> write(ELSEWHERE.next())))
                .hasMessageContaining("process 42 on host-7, since 2026-11-27T01:00:00Z");
        assertThat(slept).hasSize(1);
        assertThat(file).content().contains("host-7");
    }

    @Test
    void thatOfARunElsewhereIsTakenWhenItHasNotBeatenForLong() throws IOException {
        write(ELSEWHERE);
        try (RunLock lock = take(() -> {})) {
            assertThat(slept).hasSize((int) RunLock.PATIENCE.dividedBy(RunLock.BEAT));
            assertThat(file).content().contains(lock.token());
        }
    }

    /** Its run was killed while it wrote it. */
    @Test
    void oneThatSaysNothingIsTakenWhenItHasNotChangedForLong() throws IOException {
        Files.createFile(file);
        take(() -> {}).close();
        assertThat(slept).hasSize((int) RunLock.PATIENCE.dividedBy(RunLock.BEAT));
    }

    @Test
    void whoWaitsTakesItWhenItIsGivenBack() throws IOException {
        write(ELSEWHERE);
        take(() -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .close();
        assertThat(slept).hasSize(1);
    }

    /** A run that was stopped, and believed dead, finds that out, and leaves the lock to the other one. */
    @Test
    void whoHasLostItIsTold() throws IOException {
        try (RunLock lock = take(() -> {})) {
            write(ELSEWHERE);
            assertThatThrownBy(lock::check)
                    .isInstanceOf(CorpusException.class)
                    .hasMessageContaining("is no longer this run's")
                    .hasMessageContaining("process 42 on host-7");
        }
        assertThat(file).content().contains("host-7");
    }
}
