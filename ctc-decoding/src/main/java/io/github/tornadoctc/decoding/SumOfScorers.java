package io.github.tornadoctc.decoding;

import java.util.List;

/** Several scorers at once. */
record SumOfScorers(List<Scorer> scorers) implements Scorer {

    SumOfScorers {
        scorers = List.copyOf(scorers);
    }

    @Override
    public State start() {
        return new Sum(scorers.stream().map(Scorer::start).toList());
    }

    private record Sum(List<State> states) implements State {
        @Override
        public State append(int symbol) {
            return new Sum(states.stream().map(state -> state.append(symbol)).toList());
        }

        @Override
        public double score() {
            return states.stream().mapToDouble(State::score).sum();
        }

        @Override
        public double endScore() {
            return states.stream().mapToDouble(State::endScore).sum();
        }
    }
}
