package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A small batch that takes its own way through the kernels, and what they are asked for.
 *
 * @param name what is special about it
 * @param capacity what a plan for it needs
 */
record Variant(String name, CtcBatch batch, CtcOptions options, Capacity capacity) {
    private static final int MOST_LANES = 1024;

    /** So few that a short target takes several blocks of them. */
    private static final int FEW_LANES = 8;

    /**
     * Every batch, four times: for losses alone and with gradient, of logits and of log-probabilities, in both layouts,
     * so that each two of these come together once.
     */
    static List<Variant> all() {
        List<Variant> all = new ArrayList<>();
        add(
                all,
                "several rows to a group",
                MOST_LANES,
                new SmallBatch(12, 2, 29, 5).frames(1, 10).target(1, 3, 4, 3));
        add(all, "one lane to a row", MOST_LANES, new SmallBatch(9, 2, 3, 3));
        add(all, "more symbols than lanes to a row", MOST_LANES, new SmallBatch(5, 2, 300, 3));
        add(all, "a group to a row", MOST_LANES, new SmallBatch(2, 1, 5003, 1));
        add(all, "three blocks of lanes", FEW_LANES, new SmallBatch(22, 1, 6, 20));
        add(all, "blocks, of which one target needs one", FEW_LANES, new SmallBatch(12, 2, 6, 9).target(1, 1, 2));
        add(all, "empty targets", MOST_LANES, new SmallBatch(4, 2, 5, 0));
        add(all, "one frame", MOST_LANES, new SmallBatch(1, 2, 5, 1).target(1));
        add(all, "two frames", MOST_LANES, new SmallBatch(2, 1, 5, 2));
        add(all, "no frames in two of three", MOST_LANES, noFrames());
        add(all, "too few frames in one of two", MOST_LANES, new SmallBatch(6, 2, 5, 5).frames(0, 3));
        add(all, "too few frames for a repeat", MOST_LANES, new SmallBatch(3, 1, 5, 3).target(0, 2, 2, 1));
        add(all, "NaN in one of two", MOST_LANES, new SmallBatch(6, 2, 5, 2).row(5, Float.NaN));
        add(all, "a masked frame", MOST_LANES, new SmallBatch(6, 2, 5, 2).row(5, Float.NEGATIVE_INFINITY));
        all.add(fetchedAhead());
        return all;
    }

    /** Of one target the last pair is in the last lane; of the other half the frames come in eights. */
    private static Variant fetchedAhead() {
        CtcBatch batch =
                new SmallBatch(71, 2, 40, 31).frames(1, 64).target(1, 3, 1, 2).build(Layout.TIME_MAJOR);
        return new Variant("fetched ahead", batch, CtcOptions.defaults(), MOST_LANES)
                .with(constants -> new KernelConstants(
                        constants.lanes(),
                        constants.blocks(),
                        true,
                        constants.softmaxWithRows(),
                        constants.gradientGroup(),
                        constants.rowGroup(),
                        constants.kept()));
    }

    /** In groups of at most {@code mostLanes} work-items. */
    Variant(String name, CtcBatch batch, CtcOptions options, int mostLanes) {
        this(name, batch, options, Capacity.of(LossBuffer.ALL, sizes(batch, options, mostLanes)));
    }

    private static Sizes sizes(CtcBatch batch, CtcOptions options, int mostLanes) {
        return Sizes.of(BatchPart.all(batch), options.gradient(), mostLanes);
    }

    /** The same with other constants in its kernels. */
    Variant with(UnaryOperator<KernelConstants> others) {
        KernelConstants constants = others.apply(capacity.constants());
        Sizes sizes = sizes(batch, options, capacity.constants().lanes());
        return new Variant(name, batch, options, Capacity.of(LossBuffer.ALL, sizes, constants));
    }

    private static SmallBatch noFrames() {
        return new SmallBatch(4, 3, 5, 2).frames(0, 0).frames(2, 0).target(2);
    }

    private static void add(List<Variant> all, String name, int mostLanes, SmallBatch batch) {
        for (Layout layout : Layout.values()) {
            for (Scores scores : Scores.values()) {
                boolean gradient = (layout == Layout.TIME_MAJOR) == (scores == Scores.LOGITS);
                CtcOptions options = CtcOptions.defaults().withScores(scores).withGradient(gradient);
                all.add(new Variant(name, batch.build(layout), options, mostLanes));
            }
        }
    }

    /** What a device makes of it. */
    CtcResult run(TornadoDevice device) {
        CtcResult result = CtcResult.allocate(batch, options);
        BatchPart all = BatchPart.all(batch);
        try (LossPlan plan = new LossPlan(capacity, ScoreTypes.FLOAT32, options.gradient(), device, HostThreads.NONE)) {
            plan.execute(all, options, result);
        }
        return result;
    }

    @Override
    public String toString() {
        String wanted = options.gradient() ? "gradient" : "loss";
        return "%s, %s, %s, %s".formatted(name, batch.layout(), options.scores(), wanted);
    }
}
