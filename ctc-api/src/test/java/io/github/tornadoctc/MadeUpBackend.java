package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A backend of a machine that is made up: what calls cost is given, and what happens to it is written down. */
final class MadeUpBackend implements CtcBackendProvider, CtcCostModel {
    final List<String> events = new ArrayList<>();
    final Map<String, Double> builtIn = Map.of("factor", 1.0);
    Map<String, Double> measured = builtIn;
    String holdsFor = "made up";
    boolean there = true;
    boolean accelerator = true;

    @Nullable
    Throwable failure;

    List<CtcOperation> operations = List.of();
    int estimates;
    /** What a call takes in memory that was lent, of what it takes elsewhere. */
    double lentFactor = 1;

    long mostFloats = Long.MAX_VALUE;

    private final String name;
    private final double startNanos;
    private final ToDoubleFunction<CtcBatch> nanos;

    MadeUpBackend(String name, double startNanos, ToDoubleFunction<CtcBatch> nanos) {
        this.name = name;
        this.startNanos = startNanos;
        this.nanos = nanos;
    }

    long computed() {
        return events.stream().filter(event -> event.startsWith("compute")).count();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Optional<CtcCostModel> costModel() {
        return Optional.of(this);
    }

    @Override
    public Optional<String> missing() {
        return there ? Optional.empty() : Optional.of("not there");
    }

    @Override
    public Optional<String> unavailable() {
        events.add("look");
        return missing();
    }

    @Override
    public List<CtcDevice> devices() {
        return device().stream().toList();
    }

    @Override
    public Optional<CtcDevice> device() {
        return accelerator ? Optional.of(new CtcDevice("0:1", "the device of " + name, "")) : Optional.empty();
    }

    @Override
    public String holdsFor() {
        return holdsFor;
    }

    @Override
    public Map<String, Double> builtIn() {
        return builtIn;
    }

    @Override
    public CtcCosts costs(Map<String, Double> constants) {
        double factor = CtcCostModel.constant(constants, "factor");
        return new CtcCosts() {
            @Override
            public double startNanos() {
                return startNanos;
            }

            @Override
            public double callNanos(CtcCall call) {
                estimates++;
                return (call.lent() ? lentFactor : 1) * factor * nanos.applyAsDouble(call.batch());
            }
        };
    }

    @Override
    public Map<String, Double> measure(CtcDevice device) {
        events.add("measure");
        return measured;
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        events.add("open " + configuration.device());
        return new Opened();
    }

    private final class Opened implements CtcBackend {
        private final Set<Long> lent = new HashSet<>();

        @Override
        public String name() {
            return name;
        }

        @Override
        public String device() {
            return "the device of " + name;
        }

        @Override
        public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
            events.add(isInLentMemory(batch, options, result) ? "compute lent" : "compute");
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        @Override
        public MemorySegment allocate(long floats, Arena arena) {
            events.add("allocate");
            if (floats > mostFloats) {
                throw new IllegalArgumentException("floats = %d is more than %d".formatted(floats, mostFloats));
            }
            MemorySegment memory = CtcBackend.super.allocate(floats, arena);
            lent.add(memory.address());
            return memory;
        }

        @Override
        public boolean isInLentMemory(CtcBatch batch, CtcOptions options, CtcResult result) {
            return lent.contains(batch.scores().address())
                    && (!options.gradient()
                            || (result.hasGradient()
                                    && lent.contains(result.gradient().address())));
        }

        @Override
        public <T extends CtcOperation> Optional<T> operation(Class<T> type) {
            return operations.stream().filter(type::isInstance).map(type::cast).findFirst();
        }

        @Override
        public void close() {
            events.add("close");
        }
    }
}
