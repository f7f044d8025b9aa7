package io.github.tornadoctc.examples.trainocr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (D. P. Kingma, J. Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015, algorithm 1) whose moments can be
 * kept in a checkpoint. {@link ai.djl.training.optimizer.Adam} keeps its own to itself, and a run that goes on without them
 * takes another way; each update is the same operation of the engine.
 */
final class ResumableAdam extends Optimizer {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    /** The engine does not cut gradients off then. */
    private static final float NO_CLIPPING = -1;

    private final NDManager manager;
    private final Tracker learningRate;
    /** The mean and the variance of each parameter's gradient, by the parameter's identity. */
    private final Map<String, NDList> moments = new HashMap<>();

    private ResumableAdam(Builder builder) {
        super(builder);
        this.manager = builder.manager;
        this.learningRate = builder.learningRate;
    }

    /**
     * An optimizer after so many updates.
     *
     * @param manager what its moments live as long as
     */
    static ResumableAdam after(int updates, NDManager manager, Tracker learningRate) {
        return new ResumableAdam(new Builder(manager, learningRate).optBeginNumUpdate(updates));
    }

    @Override
    public void update(String parameterId, NDArray weight, NDArray gradient) {
        int t = updateCount(parameterId);
        float rate = learningRate.getNewValue(t);
        float corrected = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t)));
        NDList moment = moments.computeIfAbsent(parameterId, id -> new NDList(zeros(weight), zeros(weight)));
        NDList inputs = new NDList(weight, gradient).addAll(moment);
        weight.getNDArrayInternal()
                .adamUpdate(
                        inputs,
                        new NDList(weight),
                        rate,
                        corrected,
                        getWeightDecay(),
                        rescaleGrad,
                        NO_CLIPPING,
                        BETA1,
                        BETA2,
                        EPSILON,
                        false,
                        false);
    }

    private NDArray zeros(NDArray weight) {
        return manager.zeros(weight.getShape(), weight.getDataType());
    }

    /** The moments of parameters, in their order; both have zeros if a parameter was never updated. */
    NDList moments(List<Parameter> parameters) {
        NDList all = new NDList();
        for (Parameter parameter : parameters) {
            all.addAll(moments.computeIfAbsent(
                    parameter.getId(), id -> new NDList(zeros(parameter.getArray()), zeros(parameter.getArray()))));
        }
        return all;
    }

    /** Goes on with moments that {@link #moments} gave of parameters in this order. */
    void restore(List<Parameter> parameters, NDList saved) {
        for (int i = 0; i < parameters.size(); i++) {
            NDList moment = saved.subNDList(2 * i, 2 * i + 2);
            moment.attach(manager);
            moments.put(parameters.get(i).getId(), moment);
        }
    }

    private static final class Builder extends OptimizerBuilder<Builder> {
        private final NDManager manager;
        private final Tracker learningRate;

        Builder(NDManager manager, Tracker learningRate) {
            this.manager = manager;
            this.learningRate = learningRate;
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
