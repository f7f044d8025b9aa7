package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoDeviceMap;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class PlanTest {
    private final IntArray a = IntArray.fromElements(1, 2);
    private final IntArray b = IntArray.fromElements(5);

    private static void increment(IntArray data) {
        for (int i = 0; i < data.getSize(); i++) {
            data.set(i, data.get(i) + 1);
        }
    }

    private static TaskGraph graph(String name, IntArray data) {
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, data)
                .task("t", PlanTest::increment, data)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, data);
    }

    private TornadoExecutionPlan plan() {
        return new TornadoExecutionPlan(graph("a", a).snapshot(), graph("b", b).snapshot());
    }

    @Test
    void aPlanRunsAllItsGraphsOrTheSelectedOne() throws Exception {
        try (TornadoExecutionPlan plan = plan()) {
            plan.execute();
            plan.withGraph(1).execute();
            plan.withAllGraphs().execute();
        }
        assertThat(a.toHeapArray()).containsExactly(3, 4);
        assertThat(b.toHeapArray()).containsExactly(8);
    }

    @Test
    void aGraphThatThePlanDoesNotHaveIsAnError() {
        assertThatThrownBy(() -> plan().withGraph(2))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessage("the plan has no graph 2, only 2");
    }

    @Test
    void everyExecutionAddsAResult() {
        TornadoExecutionPlan plan = plan();
        TornadoExecutionResult first = plan.execute();
        TornadoExecutionResult second = plan.execute();
        assertThat(plan.getPlanResult(0)).isSameAs(first);
        assertThat(plan.getPlanResult(1)).isSameAs(second);
        assertThatThrownBy(() -> plan.getPlanResult(2)).isInstanceOf(TornadoRuntimeException.class);
    }

    @Test
    void plansAreNumbered() {
        TornadoExecutionPlan first = plan();
        TornadoExecutionPlan second = plan();
        assertThat(second.getId()).isGreaterThan(first.getId());
        assertThat(TornadoExecutionPlan.getTotalPlans()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aProfileHasTheHostsTimesAndTheBytesCopied() {
        TornadoExecutionPlan plan = plan().withProfiler(ProfilerMode.SILENT);
        TornadoProfilerResult profile = plan.execute().getProfilerResult();
        long bytes = a.getNumBytesOfSegmentWithHeader() + b.getNumBytesOfSegmentWithHeader();
        assertThat(profile.getTotalBytesCopyIn()).isEqualTo(bytes);
        assertThat(profile.getTotalBytesCopyOut()).isEqualTo(bytes);
        assertThat(profile.getTotalBytesTransferred()).isEqualTo(2 * bytes);
        assertThat(profile.getTotalDeviceMemoryUsage()).isEqualTo(bytes);
        assertThat(profile.getDeviceKernelTime()).isPositive();
        assertThat(profile.getTotalTime()).isEqualTo(profile.getDeviceKernelTime() + profile.getDataTransfersTime());
        assertThat(profile.getProfileLog()).contains("\"kernelNanos\"", ".t\": {\"TASK_KERNEL_TIME\": \"");
        assertThat(plan.withoutProfiler().execute().getProfilerResult().getTotalTime())
                .isZero();
    }

    @Test
    void warmUpRunsWithoutResults() {
        TornadoExecutionPlan plan = plan().withWarmUpIterations(3);
        assertThat(b.get(0)).isEqualTo(8);
        assertThatThrownBy(() -> plan.getPlanResult(0)).isInstanceOf(TornadoRuntimeException.class);
    }

    @Test
    void whatConcernsCompilationIsAcceptedAndDoesNothing() {
        plan().withPreCompilation()
                .withPrintKernel()
                .withoutPrintKernel()
                .withThreadInfo()
                .withoutThreadInfo()
                .withDefaultScheduler()
                .withCompilerFlags(TornadoVMBackendType.OPENCL, "-cl-opt-disable")
                .withCUDAGraph()
                .clearProfiles()
                .withDevice(TornadoExecutionPlan.getDevice(0, 0))
                .withDevice("a.t", TornadoExecutionPlan.getDevice(0, 0))
                .resetDevice()
                .execute();
        assertThat(b.get(0)).isEqualTo(6);
    }

    @Test
    void thereIsOneDevice() {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        assertThat(runtime.getNumBackends()).isEqualTo(1);
        TornadoBackend backend = runtime.getBackend(0);
        assertThat(backend.getNumDevices()).isEqualTo(1);
        assertThat(backend.getBackendType()).isEqualTo(TornadoVMBackendType.JAVA);
        TornadoDevice device = runtime.getDefaultDevice();
        assertThat(device.getDeviceName()).isEqualTo("TornadoCTC emulator");
        assertThat(device.getPhysicalDevice().getDeviceLocalMemorySize()).isEqualTo(49152);
        assertThat(device.getPhysicalDevice().getDeviceMaxWorkGroupSize()).containsExactly(1024);
        assertThat(plan().getDevice(1)).isSameAs(device);

        TornadoDeviceMap map = TornadoExecutionPlan.getTornadoDeviceMap();
        assertThat(map.getNumBackends()).isEqualTo(1);
        assertThat(map.getDevicesByName("EMULATOR")).containsExactly(device);
        assertThat(map.getDevicesByType(TornadoDeviceType.GPU)).isEmpty();
        assertThat(map.getBackendsWithDevicePredicate(each -> each.equals(device)))
                .containsExactly(backend);
        assertThatThrownBy(() -> TornadoExecutionPlan.getDevice(1, 0)).isInstanceOf(TornadoBackendNotFound.class);
        assertThatThrownBy(() -> TornadoExecutionPlan.getDevice(0, 1)).isInstanceOf(TornadoDeviceNotFound.class);
    }
}
