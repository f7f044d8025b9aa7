package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import java.util.ArrayList;
import java.util.List;

/** The result of an utterance as bits, for what must not merely be near. */
record Bits(CtcStatus status, long loss, List<Integer> gradient) {

    /** Status, loss and the gradient of the valid frames of an utterance, whatever the layout of its batch. */
    static Bits ofUtterance(CtcBatch batch, int b, CtcResult result) {
        List<Integer> gradient = new ArrayList<>();
        for (int t = 0; t < batch.inputLength(b); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                gradient.add(Float.floatToRawIntBits(result.gradient(batch, t, b, v)));
            }
        }
        return new Bits(result.status(b), Double.doubleToRawLongBits(result.loss(b)), gradient);
    }

    /** That two results of batches of one layout are the same in all they hold. */
    static void assertSame(CtcResult actual, CtcResult expected) {
        assertThat(actual.statuses()).isEqualTo(expected.statuses());
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.reduced()).isEqualTo(Double.valueOf(expected.reduced()));
        assertThat(actual.gradient().mismatch(expected.gradient()))
                .as("first byte of the gradient that differs")
                .isEqualTo(-1);
    }

    /** That the gradient of an utterance is exactly 0 in all frames of the batch. */
    static void assertNoGradient(CtcBatch batch, int b, CtcResult result) {
        for (int t = 0; t < batch.timeSteps(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                assertThat(result.gradient(batch, t, b, v))
                        .as("gradient at frame %d, utterance %d, symbol %d", t, b, v)
                        .isZero();
            }
        }
    }
}
