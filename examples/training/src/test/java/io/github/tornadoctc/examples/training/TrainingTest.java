package io.github.tornadoctc.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** On the emulator, whose class path this is. */
class TrainingTest {
    @Test
    void aLinearModelLearnsASmallSetByHeart() throws TornadoExecutionPlanException {
        assertThat(Training.train(new Utterances(16, 2, 4, 8, 3, 2))).isTrue();
    }
}
