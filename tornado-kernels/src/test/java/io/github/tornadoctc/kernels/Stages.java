package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.kernels.profile.Stage;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The kernels run as far as one stage, with every buffer brought back to the host: on a device where this JVM has the
 * flags of a TornadoVM SDK, else on the emulator. Buffers are read by the names that the reference has for what is in
 * them.
 */
final class Stages {
    private static final Map<String, Stages> DONE = new ConcurrentHashMap<>();

    final StageCase what;
    final CtcBatch batch;
    final CtcOptions options;
    final LongArray likelihoods;
    final FloatArray gradient;
    private final LossTasks tasks;
    private final int pairs;
    private final int columns;

    /** Up to the likelihood, before states become posteriors. */
    static Stages toTheLikelihood(StageCase what) {
        return toTheLikelihood(what, RowDevice.of(theDevice()).exactExponential());
    }

    /** The same, with rows added up by the device's exponential or by ours. */
    static Stages toTheLikelihood(StageCase what, boolean deviceExponential) {
        return DONE.computeIfAbsent(
                what + " to the likelihood, " + deviceExponential,
                key -> new Stages(what, Stage.of(false), deviceExponential));
    }

    /** All of them. */
    static Stages all(StageCase what) {
        return DONE.computeIfAbsent(
                what + " all",
                key -> new Stages(
                        what, Stage.of(true), RowDevice.of(theDevice()).exactExponential()));
    }

    private static TornadoDevice theDevice() {
        return TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    }

    private Stages(StageCase what, List<Stage> stages, boolean deviceExponential) {
        this.what = what;
        this.batch = what.batch();
        this.options = what.options();
        TornadoDevice device = theDevice();
        BatchPart whole = BatchPart.all(batch);
        Capacity capacity = Capacity.of(LossBuffer.ALL, Sizes.of(whole, true, what.mostLanes()));
        this.tasks = new LossTasks(
                capacity,
                true,
                "stage",
                new RowDevice(deviceExponential, RowDevice.of(device).localMemory()));
        this.likelihoods = tasks.likelihoods();
        this.gradient = new FloatArray(capacity.length(LossBuffer.GRADIENT));
        this.pairs = batch.maxTargetLength() + 1;
        this.columns = BatchDescription.columns(batch.symbols(), batch.maxTargetLength());

        FloatArray scores = new FloatArray(capacity.length(LossBuffer.SCORES));
        whole.pack(scores.getSegment(), HostThreads.NONE);
        TaskGraph graph = new TaskGraph("stages").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        if (stages.contains(Stage.GRADIENT)) {
            graph.transferToDevice(DataTransferMode.UNDER_DEMAND, gradient);
        }
        GridScheduler grids = new GridScheduler();
        tasks.addTransfersTo(graph);
        boolean wantsGradient = stages.contains(Stage.GRADIENT);
        stages.forEach(stage -> tasks.add(stage, graph, grids, scores, wantsGradient ? gradient : null));
        List<Object> back = new ArrayList<>(tasks.workspace().all());
        back.add(likelihoods);
        if (stages.contains(Stage.GRADIENT)) {
            back.add(gradient);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, back.toArray());
        tasks.prepare(whole, options);
        try (DevicePlan plan = new DevicePlan(graph, grids, device)) {
            plan.execute();
        }
    }

    /** The device that this JVM runs kernels on, in words. */
    static String device() {
        TornadoDevice device = theDevice();
        return device.getPhysicalDevice().getDeviceName().strip() + ", " + device.getTornadoVMBackend();
    }

    /** The reference's tables of an utterance. */
    ForwardBackward reference(int b) {
        return new ForwardBackward(batch, b, options);
    }

    /** ln Σ e^score of a row, as its maximum and inverse sum say. */
    double logSumExp(int t, int b) {
        return rowMax(t, b) - Math.log(inverseSum(t, b));
    }

    float rowMax(int t, int b) {
        return tasks.workspace().floats(LossBuffer.ROW_MAX).get(t * batch.batchSize() + b);
    }

    float inverseSum(int t, int b) {
        return tasks.workspace().floats(LossBuffer.ROW_INVERSE_SUM).get(t * batch.batchSize() + b);
    }

    /** ln of what the emissions of a row have to be multiplied by. */
    float normaliser(int t, int b) {
        return tasks.workspace().floats(LossBuffer.ROW_NORMALISER).get(t * batch.batchSize() + b);
    }

    /** The sum of the normalisers of frames {@code from} to {@code to}, the latter excluded. */
    double normalisers(int b, int from, int to) {
        return IntStream.range(from, to).mapToDouble(t -> normaliser(t, b)).sum();
    }

    /** ln of the emission of state s of the target, normalised. */
    double logEmission(int t, int b, int s) {
        long emission = emission(t, b, s);
        return log(Emission.floatMantissa(emission), Emission.exponent(emission)) + normaliser(t, b);
    }

    /** The emission of state s of the target, relative to the most likely symbol. */
    long emission(int t, int b, int s) {
        int labels = tasks.description().get(Header.LABELS) + b * (pairs - 1);
        int column = s % 2 == 0
                ? Lattice.blankColumn(tasks.description(), batch.targetLength(b))
                : Lattice.labelColumn(tasks.description(), labels, s / 2);
        return tasks.workspace().longs(LossBuffer.EMISSIONS).get((t * batch.batchSize() + b) * columns + column);
    }

    /** ln of what is stored of state s at frame t: before the middle frame α, after it β, each with its emission. */
    double logState(int t, int b, int s) {
        int length = batch.inputLength(b);
        int backward = t < Lattice.middle(length) ? 0 : 1;
        double normalisers = backward == 0 ? normalisers(b, 0, t + 1) : normalisers(b, t, length);
        int step = backward == 0 ? t : length - 1 - t;
        double mantissa = state(t, b, s) * unit(step, Lattice.stepsToMiddle(backward, length));
        long exponents = tasks.workspace().longs(LossBuffer.STATE_EXPONENTS).get(place(t, b, s));
        return normalisers + log(mantissa, s % 2 == 0 ? ExponentPair.blank(exponents) : ExponentPair.label(exponents));
    }

    /** What a mantissa is to be multiplied by that is stored at a step, as {@link ExtendedLong} says. */
    private static double unit(int step, int steps) {
        int single = steps % ApproachKernel.WRITTEN_OUT;
        int products = step < single ? 1 : (step - single) % ApproachKernel.FRAMES + 1;
        return Math.pow(4, products) / ExtendedLong.ONE;
    }

    /** What is stored of state s at frame t after the last stage: its posterior, up to a factor of the frame. */
    float posterior(int t, int b, int s) {
        return state(t, b, s);
    }

    private float state(int t, int b, int s) {
        LossBuffer states = s % 2 == 0 ? LossBuffer.BLANK_STATES : LossBuffer.LABEL_STATES;
        return tasks.workspace().floats(states).get(place(t, b, s));
    }

    private int place(int t, int b, int s) {
        int pair = s % 2 == 0 ? s / 2 : Lattice.labelPair(s / 2, t, batch.inputLength(b));
        return (b * batch.timeSteps() + t) * pairs + pair;
    }

    /** ln α of state s at the middle frame, without its emission. */
    double logAlphaAtTheMiddle(int b, int s) {
        return normalisers(b, 0, Lattice.middle(batch.inputLength(b))) + logOfMiddle(4 * b * pairs + place(s));
    }

    /** ln β of state s at the middle frame, without its emission. */
    double logBetaAtTheMiddle(int b, int s) {
        int length = batch.inputLength(b);
        return normalisers(b, Lattice.middle(length) + 1, length) + logOfMiddle((4 * b + 2) * pairs + place(s));
    }

    private int place(int s) {
        return s % 2 == 0 ? s / 2 : pairs + s / 2;
    }

    private double logOfMiddle(int at) {
        ExtendedLongArray middle = tasks.workspace().extendedLongs(LossBuffer.MIDDLE);
        return log(
                (double) middle.mantissas().get(at) / ExtendedLong.ONE,
                middle.exponents().get(at));
    }

    private static double log(double mantissa, int exponent) {
        return mantissa == 0 ? Double.NEGATIVE_INFINITY : Math.log(mantissa) + exponent * Math.log(2);
    }

    /** The element of the gradient. */
    float gradient(int t, int b, int v) {
        return gradient.get(Math.toIntExact(batch.rowOffset(t, b) + v));
    }
}
