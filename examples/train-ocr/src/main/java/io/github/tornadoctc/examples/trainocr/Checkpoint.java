package io.github.tornadoctc.examples.trainocr;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A file from which a training goes on as if it had never ended: the plan, the history, the weights, and Adam's moments.
 * It takes the place of the one before when it is complete, and not earlier.
 */
final class Checkpoint {
    private static final String KIND = "a training of train-ocr, 1";

    private final Path file;

    Checkpoint(Path directory) {
        this.file = directory.resolve("checkpoint.bin");
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(TrainingPlan plan, History history, Model model, ResumableAdam adam) throws IOException {
        Path next = file.resolveSibling("checkpoint.next");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
            out.writeUTF(KIND);
            out.writeUTF(plan.toString());
            history.write(out);
            byte[] moments = adam.moments(trained(model)).encode();
            out.writeInt(moments.length);
            out.write(moments);
            model.getBlock().saveParameters(out);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What a checkpoint has of a training.
     *
     * @param history how it has gone
     * @param moments Adam's
     */
    record State(History history, NDList moments) {
        void restore(ResumableAdam adam, Model model) {
            adam.restore(trained(model), moments);
        }
    }

    /**
     * Reads it, the weights into the model.
     *
     * @throws IOException if the file is none, or of another plan
     */
    State read(TrainingPlan plan, Model model) throws IOException {
        NDManager manager = model.getNDManager();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!in.readUTF().equals(KIND)) {
                throw new IOException("%s is no checkpoint of this version".formatted(file));
            }
            String other = in.readUTF();
            if (!other.equals(plan.toString())) {
                throw new IOException("%s is of %s, and this would be %s; another --out, or the same options, would do"
                        .formatted(file, other, plan));
            }
            History history = History.read(in);
            NDList moments = NDList.decode(manager, in.readNBytes(in.readInt()));
            model.getBlock().loadParameters(manager, in);
            return new State(history, moments);
        } catch (MalformedModelException e) {
            throw new IOException("%s has weights of another network".formatted(file), e);
        }
    }

    private static List<Parameter> trained(Model model) {
        return model.getBlock().getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .toList();
    }
}
