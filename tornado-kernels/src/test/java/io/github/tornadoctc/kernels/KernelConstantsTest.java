package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

@KernelTest
class KernelConstantsTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    private static List<Variant> variants() {
        CtcOptions options = CtcOptions.defaults();
        return List.of(
                new Variant(
                        "an alphabet",
                        new SmallBatch(71, 3, 40, 9)
                                .frames(1, 50)
                                .target(2, 1, 2, 3, 3, 2, 1)
                                .build(Layout.TIME_MAJOR),
                        options,
                        1024),
                new Variant(
                        "a vocabulary",
                        new SmallBatch(40, 2, 700, 33).frames(1, 39).build(Layout.BATCH_MAJOR),
                        options,
                        1024),
                new Variant(
                        "a large vocabulary", new SmallBatch(5, 2, 5003, 2).build(Layout.TIME_MAJOR), options, 1024));
    }

    /** They depend on sizes that other utterances of a batch decide. */
    @ParameterizedTest
    @MethodSource("variants")
    void noBitDependsOnThem(Variant variant) {
        CtcResult expected = variant.run(DEVICE);

        check(expected, variant.with(c -> constants(c, true, c.softmaxWithRows(), c.kept())), "fetched ahead");
        check(expected, variant.with(c -> constants(c, false, c.softmaxWithRows(), 0)), "scores read again");
        check(expected, variant.with(c -> constants(c, false, !c.softmaxWithRows(), c.kept())), "softmax");
        check(expected, variant.with(c -> constants(c, false, !c.softmaxWithRows(), 0)), "softmax, scores read again");
    }

    private static KernelConstants constants(KernelConstants other, boolean ahead, boolean softmax, int kept) {
        int group = RowLanes.MOST;
        return new KernelConstants(other.lanes(), other.blocks(), ahead, softmax, group, other.rowGroup(), kept);
    }

    private static void check(CtcResult expected, Variant variant, String how) {
        CtcResult result = variant.run(DEVICE);
        assertThat(result.losses()).as(how).isEqualTo(expected.losses());
        assertThat(result.gradient().mismatch(expected.gradient())).as(how).isEqualTo(-1);
    }

    @Test
    void ofTwoTheLargerCoverBoth() {
        KernelConstants wide = new KernelConstants(512, false, true, true, 64, 128, 40);
        KernelConstants narrow = new KernelConstants(32, false, false, false, 256, 64, 8);
        KernelConstants again = new KernelConstants(32, false, true, true, 256, 128, 0);
        KernelConstants both = wide.max(narrow);

        assertThat(wide.cover(narrow)).isFalse();
        assertThat(narrow.cover(wide)).isFalse();
        assertThat(both).isEqualTo(new KernelConstants(512, false, true, false, 256, 128, 40));
        assertThat(both.cover(wide)).isTrue();
        assertThat(both.cover(narrow)).isTrue();
        assertThat(wide.max(again).kept()).isZero();
        assertThat(again.cover(narrow)).isTrue();
        assertThat(narrow.cover(again)).isFalse();
    }

    @Test
    void aGroupKeepsItsRowsIfTheLocalMemoryIsEnough() {
        for (int symbols = 1; symbols < 12_000; symbols++) {
            KernelConstants constants = KernelConstants.of(new Sizes(10, 2, symbols, 4, true, 32));
            int lanes = RowLanes.of(symbols);
            boolean fits = symbols <= 11_264;
            assertThat(constants.kept() > 0).as("V=%d", symbols).isEqualTo(fits);
            if (fits) {
                assertThat(constants.kept() * lanes).isGreaterThanOrEqualTo(symbols);
                assertThat(constants.keptOfGroup(49_152)).isEqualTo(constants.kept() * constants.rowGroup());
                assertThat(constants.keptOfGroup(1024)).isZero();
            }
        }
    }
}
