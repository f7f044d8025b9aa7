package uk.ac.manchester.tornado.api;

import io.github.tornadoctc.emulator.engine.Plan;

/** The outcome of one execution. */
public class TornadoExecutionResult {
    private final Plan plan;
    private final TornadoProfilerResult profilerResult;

    TornadoExecutionResult(Plan plan, TornadoProfilerResult profilerResult) {
        this.plan = plan;
        this.profilerResult = profilerResult;
    }

    public TornadoProfilerResult getProfilerResult() {
        return profilerResult;
    }

    /** Copies arrays back from the graphs that the plan has selected now, whatever their transfer mode. */
    public TornadoExecutionResult transferToHost(Object... objects) {
        plan.transferToHost(objects);
        return this;
    }

    /** Copies part of an array back. */
    public TornadoExecutionResult transferToHost(DataRange dataRange) {
        plan.transferToHost(dataRange);
        return this;
    }

    /** Whether the execution is over: always, because the emulator returns no sooner. */
    public boolean isReady() {
        return true;
    }
}
