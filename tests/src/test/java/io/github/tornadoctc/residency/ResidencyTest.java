package io.github.tornadoctc.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.kernels.NarrowFloat;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** What holds on every device. */
abstract class ResidencyTest {
    static final CtcBatch BATCH = new CtcShape("resident", 30, 3, 11, 7).randomBatch(7);

    @Test
    void ctcTakesWhatTheTaskBeforeItLeavesAndLeavesItsGradientToTheNext() throws TornadoExecutionPlanException {
        OwnGraph graph = new OwnGraph(BATCH);
        float[] weights = graph.inOneGraph();

        CtcResult truth = truth(scaled(BATCH, 2));
        for (int b = 0; b < BATCH.batchSize(); b++) {
            assertThat(graph.losses.loss(b)).isCloseTo(truth.loss(b), within(1e-5));
        }
        for (int i = 0; i < weights.length; i++) {
            assertThat(weights[i]).isCloseTo(-gradient(truth, i), within(1e-6f));
        }
    }

    @Test
    void aGraphOfItsOwnConsumesAndPersists() throws TornadoExecutionPlanException {
        OwnGraph one = new OwnGraph(BATCH);
        OwnGraph three = new OwnGraph(BATCH);
        assertThat(three.inThreeGraphs()).isEqualTo(one.inOneGraph());
        assertThat(three.losses.losses()).isEqualTo(one.losses.losses());
    }

    @ParameterizedTest
    @EnumSource
    void scoresOf16BitsGiveTheGradientOfTheirValuesRoundedTo16Bits(NarrowFloat format)
            throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, format);
        OwnGraph wide = new OwnGraph(SixteenBits.valuesOf(BATCH, format, bits));
        OwnGraph narrow = new OwnGraph(BATCH);
        short[] expected = SixteenBits.rounded(wide.float32(), format);

        assertThat(narrow.bits(format, bits)).isEqualTo(expected);
        assertThat(narrow.losses.losses()).isEqualTo(wide.losses.losses());
    }

    @ParameterizedTest
    @EnumSource
    void aMaskedSymbolOf16BitsIsMaskedAndNaNIsNotFinite(NarrowFloat format) throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, format);
        int row = BATCH.batchSize() * BATCH.symbols();
        int label = BATCH.label(0, 0);
        int unused = BATCH.symbols() - 1 == label ? BATCH.symbols() - 2 : BATCH.symbols() - 1;
        bits[row + unused] = SixteenBits.of(Float.NEGATIVE_INFINITY, format);
        bits[row + BATCH.symbols()] = SixteenBits.of(Float.NaN, format);
        bits[row + 2 * BATCH.symbols()] = SixteenBits.of(Float.POSITIVE_INFINITY, format);
        OwnGraph graph = new OwnGraph(BATCH);
        short[] gradient = graph.bits(format, bits);

        assertThat(graph.losses.status(0)).isEqualTo(CtcStatus.OK);
        assertThat(gradient[row + unused]).isZero();
        assertThat(graph.losses.status(1)).isEqualTo(CtcStatus.NON_FINITE);
        assertThat(graph.losses.status(2)).isEqualTo(CtcStatus.NON_FINITE);
    }

    @Test
    void aNegativeNaNIsNoMask() throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, NarrowFloat.BFLOAT16);
        bits[0] = (short) 0xFFC0;
        OwnGraph graph = new OwnGraph(BATCH);
        graph.bits(NarrowFloat.BFLOAT16, bits);
        assertThat(graph.losses.status(0)).isEqualTo(CtcStatus.NON_FINITE);
    }

    @Test
    void halfFloatsAreFloat16() throws TornadoExecutionPlanException {
        if (backend() == TornadoVMBackendType.OPENCL) {
            String reason = "an OpenCL device has half floats if it has cl_khr_fp16, which TornadoVM does not tell";
            System.out.println("HalfFloatArray in a caller's own graph: SKIPPED, " + reason);
            abort(reason);
        }
        short[] bits = SixteenBits.of(BATCH, NarrowFloat.FLOAT16);
        short[] expected = new OwnGraph(BATCH).bits(NarrowFloat.FLOAT16, bits);
        short[] halves = new OwnGraph(BATCH).halves(bits);
        for (int i = 0; i < halves.length; i++) {
            // TornadoVM's conversion keeps the sign of what it rounds to 0
            assertThat(Float.float16ToFloat(halves[i])).isEqualTo(Float.float16ToFloat(expected[i]) + 0f);
        }
    }

    @Test
    void bfloatsAreBfloat16WhereTheBackendHasThemAndRefusedElsewhere() throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, NarrowFloat.BFLOAT16);
        OwnGraph graph = new OwnGraph(BATCH);
        if (backend() == TornadoVMBackendType.CUDA || backend() == TornadoVMBackendType.JAVA) {
            assertThat(graph.bfloats(bits)).isEqualTo(new OwnGraph(BATCH).bits(NarrowFloat.BFLOAT16, bits));
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> graph.bfloats(bits))
                    .withMessage(
                            "TornadoVM has bfloat16 arrays in its CUDA backend only, not in %s; use a ShortArray",
                            backend());
        }
    }

    private static TornadoVMBackendType backend() {
        return TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice().getTornadoVMBackend();
    }

    private static CtcBatch scaled(CtcBatch batch, float factor) {
        float[] scores = batch.scores().toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= factor;
        }
        return SixteenBits.withScores(batch, scores);
    }

    private static CtcResult truth(CtcBatch batch) {
        try (CtcBackend reference = CtcBackends.open("reference")) {
            return reference.compute(batch, OwnGraph.OPTIONS);
        }
    }

    private static float gradient(CtcResult result, int i) {
        return result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, i);
    }
}
