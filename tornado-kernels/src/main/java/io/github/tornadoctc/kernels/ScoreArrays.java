package io.github.tornadoctc.kernels;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The caller's arrays of scores and gradient, which stay on the device, and what they are made of. Without a gradient
 * they are for losses alone. The gradient may be the array of the scores, which it then replaces.
 *
 * <p>Scores of 16 bits are computed in float32, and their gradient is rounded to the nearest number of their format,
 * ties to even.
 */
public final class ScoreArrays {
    private static final String WIDEN = "Widen";
    private static final String NARROW = "Narrow";

    private final TornadoNativeArray scores;
    private final @Nullable TornadoNativeArray gradient;
    private final @Nullable Conversion widen;
    private final @Nullable Conversion narrow;
    /** Where scores of 16 bits are made float32, and then the gradient; null if that is nobody else's. */
    private final @Nullable FloatArray wide;

    /** Adds a task that converts between the caller's array and a float32 one. */
    private interface Conversion {
        void add(TaskGraph graph, String task, KernelContext context, IntArray description, FloatArray wide);
    }

    private ScoreArrays(
            TornadoNativeArray scores,
            @Nullable TornadoNativeArray gradient,
            @Nullable Conversion widen,
            @Nullable Conversion narrow) {
        this(scores, gradient, widen, narrow, null);
    }

    private ScoreArrays(
            TornadoNativeArray scores,
            @Nullable TornadoNativeArray gradient,
            @Nullable Conversion widen,
            @Nullable Conversion narrow,
            @Nullable FloatArray wide) {
        this.scores = scores;
        this.gradient = gradient;
        this.widen = widen;
        this.narrow = narrow;
        this.wide = wide;
    }

    /** Scores of float32, for losses alone. */
    public static ScoreArrays of(FloatArray scores) {
        return new ScoreArrays(scores, null, null, null);
    }

    /** Scores and gradient of float32. */
    public static ScoreArrays of(FloatArray scores, FloatArray gradient) {
        return new ScoreArrays(scores, gradient, null, null);
    }

    /** Scores of 16 bits, as plain bits that mean what {@code format} says, for losses alone. On every device. */
    public static ScoreArrays of(NarrowFloat format, ShortArray scores) {
        return new ScoreArrays(scores, null, widening(format, scores), null);
    }

    /** Scores and gradient of 16 bits, as plain bits that mean what {@code format} says. On every device. */
    public static ScoreArrays of(NarrowFloat format, ShortArray scores, ShortArray gradient) {
        int mantissaBits = format.mantissaBits();
        return new ScoreArrays(
                scores,
                gradient,
                widening(format, scores),
                (graph, task, context, description, wide) -> graph.task(
                        task, NarrowKernels::narrowBits, context, description, wide, gradient, mantissaBits));
    }

    /** Scores of 16 bits, as plain bits that mean what {@code format} says, and their gradient in float32. */
    static ScoreArrays of(NarrowFloat format, ShortArray scores, FloatArray gradient) {
        return new ScoreArrays(scores, gradient, widening(format, scores), null, gradient);
    }

    private static Conversion widening(NarrowFloat format, ShortArray scores) {
        int mantissaBits = format.mantissaBits();
        return (graph, task, context, description, wide) ->
                graph.task(task, NarrowKernels::widenBits, context, description, scores, wide, mantissaBits);
    }

    /**
     * Scores of TornadoVM's float16, for losses alone. On devices that have the type: an OpenCL device needs
     * {@code cl_khr_fp16}.
     */
    public static ScoreArrays of(HalfFloatArray scores) {
        return new ScoreArrays(scores, null, widening(scores), null);
    }

    /**
     * Scores and gradient of TornadoVM's float16. On devices that have the type: an OpenCL device needs
     * {@code cl_khr_fp16}.
     */
    public static ScoreArrays of(HalfFloatArray scores, HalfFloatArray gradient) {
        return new ScoreArrays(
                scores,
                gradient,
                widening(scores),
                (graph, task, context, description, wide) ->
                        graph.task(task, NarrowKernels::narrowHalves, context, description, wide, gradient));
    }

    private static Conversion widening(HalfFloatArray scores) {
        return (graph, task, context, description, wide) ->
                graph.task(task, NarrowKernels::widenHalves, context, description, scores, wide);
    }

    /**
     * Scores and gradient of TornadoVM's bfloat16.
     *
     * @param device the device that the graph will run on
     * @throws IllegalArgumentException unless its backend has the type. Of TornadoVM 5.2.0's backends CUDA alone has it;
     *     PTX would take the arrays and write beyond them. Their bits in a {@link ShortArray} do everywhere
     */
    public static ScoreArrays of(BFloat16Array scores, BFloat16Array gradient, TornadoDevice device) {
        TornadoVMBackendType backend = device.getTornadoVMBackend();
        if (backend != TornadoVMBackendType.CUDA && backend != TornadoVMBackendType.JAVA) {
            throw new IllegalArgumentException(
                    "TornadoVM has bfloat16 arrays in its CUDA backend only, not in %s; use a ShortArray"
                            .formatted(backend));
        }
        int mantissaBits = NarrowFloat.BFLOAT16.mantissaBits();
        return new ScoreArrays(
                scores,
                gradient,
                (graph, task, context, description, wide) ->
                        graph.task(task, NarrowKernels::widenBFloats, context, description, scores, wide, mantissaBits),
                (graph, task, context, description, wide) -> graph.task(
                        task, NarrowKernels::narrowBFloats, context, description, wide, gradient, mantissaBits));
    }

    /** Requires room for that many elements, and a gradient exactly if one is wanted. */
    void check(long elements, boolean wantsGradient) {
        checkLength("scores", scores, elements);
        if (wantsGradient && gradient == null) {
            throw new IllegalArgumentException(
                    "gradient is missing: the options ask for one; give its array, or make the tasks without gradient");
        }
        if (gradient != null) {
            if (!wantsGradient) {
                throw new IllegalArgumentException(
                        "gradient is given, but the tasks were made without gradient; leave it out");
            }
            checkLength("gradient", gradient, elements);
        }
    }

    private static void checkLength(String name, TornadoNativeArray array, long elements) {
        if (array.getSize() < elements) {
            throw new IllegalArgumentException(
                    "%s has %d elements, but the tasks were made for timeSteps * batchSize * symbols = %d"
                            .formatted(name, array.getSize(), elements));
        }
    }

    /** Appends the loss, between conversions if there have to be any; what has to be prepared for those, or null. */
    @Nullable
    ElementTasks appendTo(TaskGraph graph, GridScheduler grids, LossTasks loss, String prefix) {
        if (widen == null) {
            FloatArray wide = (FloatArray) scores;
            loss.addTo(graph, grids, wide, gradient == null ? wide : (FloatArray) gradient);
            return null;
        }
        ElementTasks tasks = new ElementTasks();
        FloatArray floats = wide == null ? new FloatArray(scores.getSize()) : wide;
        graph.transferToDevice(DataTransferMode.UNDER_DEMAND, floats);
        tasks.add(grids, graph.getTaskGraphName(), prefix + WIDEN);
        widen.add(graph, prefix + WIDEN, loss.context(), loss.description(), floats);
        loss.addTo(graph, grids, floats, floats);
        if (narrow != null) {
            tasks.add(grids, graph.getTaskGraphName(), prefix + NARROW);
            narrow.add(graph, prefix + NARROW, loss.context(), loss.description(), floats);
        }
        return tasks;
    }
}
