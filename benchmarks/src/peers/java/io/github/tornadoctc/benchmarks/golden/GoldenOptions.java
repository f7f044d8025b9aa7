package io.github.tornadoctc.benchmarks.golden;

import static io.github.tornadoctc.benchmarks.golden.GoldenInput.gaussian;
import static io.github.tornadoctc.benchmarks.golden.GoldenInput.random;

import io.github.tornadoctc.Reduction;
import java.util.ArrayList;
import java.util.List;

/** Cases of reductions and of {@code zero_infinity}, on which all agree. */
final class GoldenOptions {

    private GoldenOptions() {}

    static List<GoldenInput> all() {
        List<GoldenInput> inputs = new ArrayList<>();
        for (Reduction reduction : Reduction.values()) {
            String by = reduction.name() + ", ";
            inputs.add(random(by + "lengths 0 to 3", 7, 4, 3, 0, 1, 2).reduction(reduction));
            inputs.add(random(by + "zeroInfinity, all feasible", 5, 4, 2, 1)
                    .reduction(reduction)
                    .zeroInfinity());
            inputs.add(gaussian(by + "zeroInfinity, one infeasible", 3, 4, new int[] {1, 2}, new int[] {2, 2, 2})
                    .reduction(reduction)
                    .zeroInfinity());
            inputs.add(gaussian(by + "zeroInfinity, all infeasible", 2, 3, new int[] {1, 1}, new int[] {2, 1, 2})
                    .reduction(reduction)
                    .zeroInfinity());
        }
        inputs.add(gaussian("zeroInfinity, no frames", 3, 3, new int[] {1}, new int[] {2})
                .frames(0, 3)
                .zeroInfinity());
        inputs.add(random("MEAN, one utterance", 6, 4, 3).reduction(Reduction.MEAN));
        inputs.add(random("MEAN, ragged, blank last", 6, 4, 0, 0)
                .blank(3)
                .frames(4, 6)
                .reduction(Reduction.MEAN));
        return inputs;
    }
}
