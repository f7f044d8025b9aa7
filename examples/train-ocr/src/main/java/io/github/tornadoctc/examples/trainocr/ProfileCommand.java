package io.github.tornadoctc.examples.trainocr;

import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.djl.CtcLoss;
import io.github.tornadoctc.djl.libtorch.LibtorchCtcLoss;
import io.github.tornadoctc.timing.Quartiles;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code profile}: what the loss takes of a training step, ours and libtorch's. */
@Command(
        name = "profile",
        description = {
            "Times steps of training with this library's loss and with libtorch's own ctc_loss, in turns, and the losses",
            "alone, forward and back, on the scores of such a step. Medians with quartiles, in milliseconds."
        },
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    @Option(names = "--symbols", split = ",", description = "Sizes of the vocabulary, the blank included.")
    private List<Integer> symbols = List.of(Alphabet.symbols(), 5000);

    @Option(names = "--batch", description = "Lines of a step.")
    private int batch = 32;

    @Option(names = "--rounds", description = "How often each is timed.")
    private int rounds = 15;

    @Option(names = "--discarded", description = "Rounds before that.")
    private int discarded = 10;

    @Option(names = "--backend", description = "What computes this library's loss.")
    private String backend = "auto";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter printer = spec.commandLine().getOut();
        try (TimedBackend ours = new TimedBackend(CtcBackends.open(backend));
                CtcLoss loss = CtcLoss.builder().backend(ours).build();
                LibtorchCtcLoss libtorch = new LibtorchCtcLoss(Reduction.MEAN, false)) {
            printer.printf("%d lines a step, %d rounds, %s: %s%n", batch, rounds, ours.name(), ours.device());
            printer.println(
                    "| V | T | loss | its backend, ms | loss alone, ms | training step, ms | share of the loss |");
            printer.println("|---|---|---|---|---|---|---|");
            List<StepProfile.Contender> losses =
                    List.of(new StepProfile.Contender(loss, ours::nanos), new StepProfile.Contender(libtorch, () -> 0));
            for (int v : symbols) {
                try (StepProfile profile = new StepProfile(v, batch, losses)) {
                    for (StepProfile.Row row : profile.measure(discarded, rounds)) {
                        printer.printf(
                                "| %d | %d | %s | %s | %s | %s | %.1f %% |%n",
                                v,
                                profile.frames(),
                                row.loss(),
                                text(row.computing()),
                                text(row.lossAlone()),
                                text(row.step()),
                                100 * row.share());
                        printer.flush();
                    }
                }
            }
        }
        return 0;
    }

    private static String text(Quartiles times) {
        return times.median() == 0 ? "" : "%.2f (%.2f–%.2f)".formatted(times.median(), times.lower(), times.upper());
    }
}
