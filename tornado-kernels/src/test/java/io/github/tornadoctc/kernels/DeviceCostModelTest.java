package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** Which device an automatic choice takes, and what it is asked before anything is started. */
class DeviceCostModelTest {
    private final DeviceCostModel model = new DeviceCostModel(new TornadoProvider());

    private static TornadoVm.Place place(String id, TornadoDeviceType type) {
        TornadoDevice device = (TornadoDevice) Proxy.newProxyInstance(
                TornadoDevice.class.getClassLoader(),
                new Class<?>[] {TornadoDevice.class},
                (proxy, method, args) -> method.getName().equals("getDeviceType") ? type : null);
        return new TornadoVm.Place(id, device);
    }

    @Test
    void aDeviceThatIsTheCpuItselfIsNeverTaken() {
        assertThat(DeviceCostModel.accelerator(List.of(place("0:0", TornadoDeviceType.CPU))))
                .isEmpty();
    }

    @Test
    void aGpuIsTakenAlsoWhereTheCpuComesFirst() {
        List<TornadoVm.Place> places = List.of(
                place("0:0", TornadoDeviceType.CPU),
                place("1:0", TornadoDeviceType.GPU),
                place("1:1", TornadoDeviceType.GPU));
        assertThat(DeviceCostModel.accelerator(places)).map(TornadoVm.Place::id).contains("1:0");
    }

    @Test
    void withoutAnSdkThereIsSomethingMissingAndStillSomethingThatItHoldsFor() {
        if (ModuleLayer.boot().findModule(TornadoVm.SDK_MODULE).isEmpty()) {
            assertThat(model.missing()).isPresent();
            assertThat(model.holdsFor()).endsWith("no TornadoVM");
        }
    }

    @Test
    void theConstantsThatItHasAreThoseItTakes() {
        assertThat(model.costs(model.builtIn()).startNanos()).isPositive();
    }
}
