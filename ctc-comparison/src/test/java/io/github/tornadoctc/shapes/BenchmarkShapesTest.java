package io.github.tornadoctc.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchmarkShapesTest {
    @Test
    void aShapeIsFoundByItsName() {
        assertThat(BenchmarkShapes.named("c")).isEqualTo(BenchmarkShapes.C);
        assertThat(BenchmarkShapes.ALL).allSatisfy(shape -> assertThat(BenchmarkShapes.named(shape.name()))
                .isSameAs(shape));
    }

    @Test
    void anotherNameIsRefused() {
        assertThatThrownBy(() -> BenchmarkShapes.named("I"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape = I is none of A, B, C, D, E, F, G, H");
    }

    @Test
    void everyTableIsOfTheBatchesOfOneSeed() {
        CtcShape shape = new CtcShape("small", 5, 2, 4, 2);
        assertThat(BenchmarkShapes.batch(shape)
                        .scores()
                        .mismatch(shape.randomBatch(BenchmarkShapes.SEED).scores()))
                .isEqualTo(-1);
    }
}
