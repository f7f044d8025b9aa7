package io.github.tornadoctc.examples.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** PP-OCRv4's recognition network: a line's image goes in, a distribution over the symbols per time step comes out. */
final class Recognizer implements AutoCloseable {
    /** Where the model's jar has the network. */
    private static final String RESOURCE = "/models/ch_PP-OCRv4_rec_infer.onnx";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final String output;

    /**
     * Loads the network from the class path.
     *
     * @throws IllegalStateException if it is not there
     */
    Recognizer() throws OrtException {
        try (InputStream in = resource(RESOURCE)) {
            session = environment.createSession(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        input = session.getInputNames().iterator().next();
        output = session.getOutputNames().iterator().next();
    }

    /** Symbol v's probability at time step t, in {@code [t][v]}; T is about an eighth of the image's width. */
    float[][] read(LineImage image) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, image.tensor(), image.shape());
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            float[][][] probabilities = (float[][][]) result.get(0).getValue();
            return probabilities[0];
        }
    }

    /** T of a line: two strides of 2 pixels that round up, and one that rounds down. */
    static int timeSteps(LineImage image) {
        return Math.ceilDiv(Math.ceilDiv(image.width(), 2), 2) / 2;
    }

    /**
     * Has the network write the probabilities of V symbols at every time step, {@code [t][v]}, to memory that has room for
     * them and no more.
     *
     * @param probabilities off-heap, T·V floats
     */
    void read(LineImage image, MemorySegment probabilities, int symbols) throws OrtException {
        long[] shape = {1, timeSteps(image), symbols};
        FloatBuffer buffer =
                probabilities.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, image.tensor(), image.shape());
                OnnxTensor written = OnnxTensor.createTensor(environment, buffer, shape)) {
            session.run(Map.of(input, tensor), Set.of(), Map.of(output, written))
                    .close();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    /** A file of the model's jar, which only the profile that runs the example puts on the class path. */
    static InputStream resource(String name) {
        InputStream in = Recognizer.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(
                    "%s is not on the class path: run the example with Maven's profile run".formatted(name));
        }
        return in;
    }
}
