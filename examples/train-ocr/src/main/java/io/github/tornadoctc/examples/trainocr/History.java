package io.github.tornadoctc.examples.trainocr;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How a training has gone so far: the loss of every step, and what validations have found. */
final class History {
    private final List<Float> losses = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();

    /**
     * The error rate on lines that are not trained on.
     *
     * @param step steps before it
     * @param errorRate of characters
     */
    record Validation(int step, float errorRate) {}

    void add(float loss) {
        losses.add(loss);
    }

    void add(Validation validation) {
        validations.add(validation);
    }

    /** Steps so far. */
    int steps() {
        return losses.size();
    }

    List<Float> losses() {
        return List.copyOf(losses);
    }

    List<Validation> validations() {
        return List.copyOf(validations);
    }

    /** The mean loss of the last steps, at most so many; NaN if there are none. */
    double recentLoss(int most) {
        return losses.subList(Math.max(0, losses.size() - most), losses.size()).stream()
                .mapToDouble(Float::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(losses.size());
        for (float loss : losses) {
            out.writeFloat(loss);
        }
        out.writeInt(validations.size());
        for (Validation validation : validations) {
            out.writeInt(validation.step());
            out.writeFloat(validation.errorRate());
        }
    }

    static History read(DataInputStream in) throws IOException {
        History history = new History();
        for (int left = in.readInt(); left > 0; left--) {
            history.add(in.readFloat());
        }
        for (int left = in.readInt(); left > 0; left--) {
            history.add(new Validation(in.readInt(), in.readFloat()));
        }
        return history;
    }
}
