package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcConfiguration;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

class DeviceLimitsTest {
    /** TornadoVM 5.2.0's PTX backend gives the largest grid as the largest group. */
    @Test
    void aGroupIsNoLargerThanABlock() {
        assertThat(limits(Integer.MAX_VALUE, 1024).maxGroupSize()).isEqualTo(1024);
        assertThat(limits(256, 1024).maxGroupSize()).isEqualTo(256);
    }

    private static DeviceLimits limits(long maxWorkGroup, int maxBlock) {
        TornadoTargetDevice physical = answering(
                TornadoTargetDevice.class,
                Map.of(
                        "getDeviceName",
                        "a device",
                        "getDeviceMaxWorkGroupSize",
                        new long[] {maxWorkGroup},
                        "getMaxThreadsPerBlock",
                        maxBlock));
        return DeviceLimits.of(
                answering(
                        TornadoDevice.class,
                        Map.of(
                                "getPhysicalDevice",
                                physical,
                                "getTornadoVMBackend",
                                TornadoVMBackendType.CUDA,
                                "getMaxGlobalMemory",
                                1L << 30,
                                "getMaxAllocMemory",
                                1L << 30)),
                CtcConfiguration.defaults());
    }

    /** An object whose methods return what the map has for their names. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answers.get(method.getName())));
    }
}
