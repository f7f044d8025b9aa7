package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.emulator.EmulatorOptions;
import io.github.tornadoctc.emulator.OrderComparison;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The emulator finds nothing wrong with the kernels, whatever it is made to look at: see {@link BrokenKernelsTest} for
 * what it would find.
 */
class ShippedKernelsAreCleanTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);

    private static List<Variant> variants() {
        return Variant.all();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noRaceNoGarbageReadNoDivergenceAndTheSameBitsInEveryOrder(Variant variant) {
        EmulatorOptions options = Emulator.withChecks(true).withRaces(true);
        OrderComparison.requireSameResults(options, () -> resultsOf(variant));
    }

    @ParameterizedTest
    @EnumSource
    void theSameOfAlignments(StageCase what) {
        OrderComparison.requireSameResults(Emulator.withChecks(true).withRaces(true), () -> {
            Map<String, MemorySegment> results = new LinkedHashMap<>();
            List<CtcAlignment> alignments = ViterbiKernelTest.aligned(what, ViterbiKernelTest.options(what));
            for (int b = 0; b < alignments.size(); b++) {
                results.put(
                        "states " + b, MemorySegment.ofArray(alignments.get(b).states()));
            }
            return results;
        });
    }

    private static Map<String, MemorySegment> resultsOf(Variant variant) {
        CtcResult result = variant.run(DEVICE);
        Map<String, MemorySegment> results = new LinkedHashMap<>();
        results.put("losses", MemorySegment.ofArray(result.losses()));
        if (result.hasGradient()) {
            results.put("gradient", result.gradient());
        }
        return results;
    }
}
