package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.List;

/** Compares the backend {@code cpu} with the reference in a JVM of its own. */
final class ForkedCheck {
    private ForkedCheck() {}

    public static void main(String[] args) {
        try (CtcBackend backend = CtcBackends.open("cpu")) {
            System.out.println(backend.device());
            if (Boolean.getBoolean("tornadoctc.test.warmUp")) {
                Kernels before = WarmUp.OF_THIS_JVM.kernels();
                CtcWarmUp.of(backend);
                System.out.println(before + " then " + WarmUp.OF_THIS_JVM.kernels());
            }
            for (CtcShape shape : List.of(new CtcShape("a", 60, 3, 29, 12), new CtcShape("c", 40, 3, 200, 9))) {
                CtcBatch batch = shape.randomBatch(1);
                // often enough for compiled code to be compared too
                for (int round = 0; round < 200; round++) {
                    HeldToReference.check(backend, batch, CtcOptions.defaults());
                }
            }
        }
        System.out.println("as the reference");
    }
}
