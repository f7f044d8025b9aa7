package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileLogTest {
    private static final String EXECUTION =
            """
            {
                "ctc": {
                    "TOTAL_KERNEL_TIME": "%d",
                    "ctc.ctcRows": {
                        "BACKEND": "OPENCL",
                        "DEVICE": "a device, 2.0",
                        %s
                        "TASK_KERNEL_TIME": "%d"
                    },
                    "ctc.ctcLikelihood": {
                        "TASK_KERNEL_TIME": "7"
                    }
                }
            }
            """;

    @Test
    void theNewestExecutionCounts() {
        String log =
                EXECUTION.formatted(1, "\"TASK_COMPILE_GRAAL_TIME\": \"5\",", 100) + EXECUTION.formatted(2, "", 42);
        assertThat(ProfileLog.tasks(log))
                .containsOnlyKeys("ctcRows", "ctcLikelihood")
                .containsEntry("ctcRows", Map.of("TASK_KERNEL_TIME", 42L));
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(ProfileLog.tasks(EXECUTION.formatted(1, "\"TASK_COMPILE_GRAAL_TIME\": \"5\",", 100))
                        .get("ctcRows"))
                .containsOnlyKeys("TASK_COMPILE_GRAAL_TIME", "TASK_KERNEL_TIME");
    }

    @Test
    void anEmptyLogHasNoTasks() {
        assertThat(ProfileLog.tasks("")).isEmpty();
    }
}
