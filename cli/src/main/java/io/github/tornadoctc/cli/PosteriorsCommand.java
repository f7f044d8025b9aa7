package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes how likely each utterance is in which state at which frame. */
@Command(
        name = "posteriors",
        description =
                "Writes the posteriors of a batch's states, an array [B][T][2U+1]: the probability of being in state"
                        + " s at frame t, given the target. State 2u+1 is label u, state 2u the blank before it; 0 past an"
                        + " utterance's frames and states, and of one without a path.")
final class PosteriorsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A batch, .npz or JSON, as the command loss reads it.")
    private Path file;

    @Mixin
    private BackendOptions backendOptions;

    @Mixin
    private FileOptions input;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT.npy",
            description = "Write them to this file, float32, or to standard output if it is -; what is printed goes to"
                    + " stderr then.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LoadedBatch loaded = input.read(file);
        CtcBatch batch = loaded.batch();
        int states = 2 * batch.maxTargetLength() + 1;
        long bytes = (long) Float.BYTES * batch.batchSize() * batch.timeSteps() * states;
        List<CtcOccupation> occupations;
        try (CtcBackend backend = backendOptions.open()) {
            occupations = AlignedBatch.operation(backend, CtcPosteriors.class).posteriors(batch, loaded.scores());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        MemorySegment all = Arena.ofAuto().allocate(bytes, Float.BYTES);
        Table table =
                new Table().right("utterance").right("frames").right("states").left("status");
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcOccupation occupation = occupations.get(b);
            copy(occupation, all, (long) b * batch.timeSteps() * states, states);
            table.row(b, occupation.frames(), occupation.states(), occupation.status());
        }
        NpyArray array = NpyArray.of(NpyType.FLOAT32, all, batch.batchSize(), batch.timeSteps(), states);
        if (StandardOutput.isNamed(out)) {
            NpyFile.write(CtcCommand.bytes(spec), array);
            table.print(spec.commandLine().getErr());
        } else {
            NpyFile.write(out, array);
            table.print(spec.commandLine().getOut());
            spec.commandLine().getOut().println("wrote " + out);
        }
        return ExitCode.DONE;
    }

    private static void copy(CtcOccupation occupation, MemorySegment all, long first, int states) {
        float[] row = new float[occupation.states()];
        for (int t = 0; t < occupation.frames(); t++) {
            occupation.copyFrame(t, row, 0);
            long at = first + (long) t * states;
            MemorySegment.copy(row, 0, all, ValueLayout.JAVA_FLOAT, at * Float.BYTES, row.length);
        }
    }
}
