package io.github.tornadoctc.cpu;

/** A call some of whose utterances are split: every thread takes from the {@link Schedule} until nothing is left. */
final class SharedRun {
    /** Parts of the rows for each thread, so that one that is late does not hold up the others for long. */
    private static final int PARTS = 4;
    /** How often to ask again before going to sleep; threads mostly end within an item of each other. */
    private static final int SPINS = 1000;

    private final Crew crew;
    private final BatchRun run;
    private final SplitUtterance[] split;
    private final int rowParts;
    private final Schedule schedule;

    SharedRun(Crew crew, BatchRun run, Costs costs, Splitting splitting) {
        this.crew = crew;
        this.run = run;
        this.split = new SplitUtterance[splitting.utterances()];
        this.rowParts = PARTS * crew.threads();
        this.schedule = new Schedule(costs, splitting, rowParts);
    }

    void run(Worker own) {
        Worker[] lent = new Worker[split.length];
        for (int rank = 0; rank < split.length; rank++) {
            lent[rank] = crew.take();
            split[rank] = new SplitUtterance(run.utterance(rank), lent[rank].utterance);
            run.results().open(lent[rank].utterance, run.utterance(rank));
        }
        crew.run(own, crew.threads(), (worker, participant) -> work(worker));
        for (Worker worker : lent) {
            crew.give(worker);
        }
    }

    private void work(Worker worker) {
        try {
            for (Schedule.Item item = take(); item.kind() != Schedule.Kind.NOTHING; item = take()) {
                if (item.kind() == Schedule.Kind.WHOLE) {
                    run.run(worker, item.rank());
                    finish();
                } else {
                    compute(worker, item, split[item.rank()]);
                }
            }
        } catch (RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    private void compute(Worker worker, Schedule.Item item, SplitUtterance utterance) {
        worker.use(crew.kernels());
        switch (item.kind()) {
            case ROWS -> utterance.utterance.readRows(worker, item.part(), rowParts);
            case ALPHA -> utterance.alpha(worker, item.part());
            case BETA -> utterance.beta(worker, item.part());
            default -> utterance.segment(worker, item.part());
        }
        if (isLastOfItsKind(item)) {
            goOn(worker, item, utterance);
        }
    }

    /** What follows the last part of a kind, which no other thread is at then. */
    private void goOn(Worker worker, Schedule.Item item, SplitUtterance utterance) {
        Utterance u = utterance.utterance;
        if (item.kind() == Schedule.Kind.ROWS) {
            u.time.read(u.frames, u.target);
            if (run.results().hasPaths(u, utterance.index)) {
                begin(item.rank(), utterance, Recursions.first(u));
            } else {
                close(worker, utterance, false);
            }
        } else if (utterance.hasFailed() && utterance.mayTryAgain()) {
            begin(item.rank(), utterance, Recursions.EXTENDED);
        } else if (item.kind() != Schedule.Kind.SEGMENT && u.frames.wantsGradient && !utterance.hasFailed()) {
            openSegments(item.rank(), u.time.segments);
        } else {
            close(worker, utterance, !utterance.hasFailed());
        }
    }

    private void begin(int rank, SplitUtterance utterance, Recursions kind) {
        utterance.begin(kind);
        openDirections(rank, utterance.steps());
    }

    private void close(Worker worker, SplitUtterance utterance, boolean done) {
        run.results().close(worker, utterance.utterance, utterance.index, done);
        finish();
    }

    /** The next item, if need be when there is one. */
    private Schedule.Item take() {
        for (int spins = 0; spins < SPINS; spins++) {
            Schedule.Item item = poll();
            if (item.kind() != Schedule.Kind.WAIT) {
                return item;
            }
            Thread.onSpinWait();
        }
        return await();
    }

    private synchronized Schedule.Item poll() {
        return schedule.next();
    }

    private synchronized Schedule.Item await() {
        boolean interrupted = false;
        Schedule.Item item = schedule.next();
        while (item.kind() == Schedule.Kind.WAIT) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            item = schedule.next();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return item;
    }

    private synchronized boolean isLastOfItsKind(Schedule.Item item) {
        return schedule.done(item);
    }

    private synchronized void openDirections(int rank, int steps) {
        schedule.openDirections(rank, steps);
        notifyAll();
    }

    private synchronized void openSegments(int rank, int count) {
        schedule.openSegments(rank, count);
        notifyAll();
    }

    private synchronized void finish() {
        schedule.finish();
        notifyAll();
    }

    private synchronized void abandon() {
        schedule.abandon();
        notifyAll();
    }
}
