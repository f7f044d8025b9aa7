package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.CtcOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backend says of itself, and how it is opened and closed. */
interface BackendRules extends BackendUnderTest {

    private CtcBackendProvider provider() {
        return CtcBackends.provider(backend().name());
    }

    @Test
    default void itIsFoundByItsName() {
        assertThat(provider().name()).isEqualTo(backend().name());
        assertThat(provider().unavailable()).isEmpty();
        assertThat(backend().device()).isNotBlank();
    }

    @Test
    default void itsDevicesHaveIdsOfTheirOwn() {
        List<CtcDevice> devices = provider().devices();
        assertThat(devices).isNotEmpty();
        assertThat(devices).extracting(CtcDevice::id).doesNotHaveDuplicates().allMatch(id -> !id.isBlank());
    }

    @Test
    default void aDeviceThatIsNotThereIsRefusedByItsId() {
        assertThatThrownBy(() -> CtcBackends.open(
                        backend().name(), CtcConfiguration.defaults().withDevice("77:88")))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("77:88");
    }

    @Test
    default void aClosedBackendComputesNothing() {
        CtcBatch batch = BatchDraft.random(91, 4, 1, 3, 1).build();
        CtcBackend second = CtcBackends.open(backend().name());
        Bits.assertSame(second.compute(batch, LOGITS), compute(batch));
        second.close();
        second.close();
        assertThatThrownBy(() -> second.compute(batch, LOGITS)).isInstanceOf(IllegalStateException.class);
        computeAndCheck(batch); // the first one does not mind
    }

    /** An operation that this backend does not have, and that no other has either. */
    interface UnknownOperation extends CtcOperation {}

    @Test
    default void anOperationThatABackendDoesNotHaveIsEmpty() {
        assertThat(backend().operation(UnknownOperation.class)).isEmpty();
    }
}
