package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

class NativeArrayTest {
    private static final long HEADER = TornadoNativeArray.ARRAY_HEADER;

    @Test
    void whatGoesInComesOut() {
        assertThat(FloatArray.fromArray(new float[] {1, -2}).toHeapArray()).containsExactly(1, -2);
        assertThat(DoubleArray.fromArray(new double[] {1, -2}).toHeapArray()).containsExactly(1, -2);
        assertThat(IntArray.fromArray(new int[] {1, -2}).toHeapArray()).containsExactly(1, -2);
        assertThat(LongArray.fromArray(new long[] {1, -2}).toHeapArray()).containsExactly(1, -2);
        assertThat(ShortArray.fromArray(new short[] {1, -2}).toHeapArray()).containsExactly((short) 1, (short) -2);
        assertThat(ByteArray.fromArray(new byte[] {1, -2}).toHeapArray()).containsExactly((byte) 1, (byte) -2);
        assertThat(BFloat16Array.fromFloats(1, -2).getFloat(1)).isEqualTo(-2);
        assertThat(BFloat16Array.fromShorts((short) 0x3F80).getFloat(0)).isEqualTo(1);
        assertThat(HalfFloatArray.fromElements(new HalfFloat(1f), new HalfFloat(-2f))
                        .toHeapArray()[1]
                        .getFloat32())
                .isEqualTo(-2);
        assertThat(HalfFloatArray.fromElements(new HalfFloat(1f)).toShortArray())
                .containsExactly((short) 0x3C00);
    }

    @Test
    void buffersAreCopiedFromTheirPosition() {
        assertThat(FloatArray.fromFloatBuffer(
                                FloatBuffer.wrap(new float[] {1, 2, 3}).position(1))
                        .toHeapArray())
                .containsExactly(2, 3);
        assertThat(DoubleArray.fromDoubleBuffer(DoubleBuffer.wrap(new double[] {1}))
                        .get(0))
                .isEqualTo(1);
        assertThat(IntArray.fromIntBuffer(IntBuffer.wrap(new int[] {1})).get(0)).isEqualTo(1);
        assertThat(LongArray.fromLongBuffer(LongBuffer.wrap(new long[] {1})).get(0))
                .isEqualTo(1);
        assertThat(ShortArray.fromShortBuffer(ShortBuffer.wrap(new short[] {1})).get(0))
                .isEqualTo((short) 1);
        assertThat(ByteArray.fromByteBuffer(ByteBuffer.wrap(new byte[] {1})).get(0))
                .isEqualTo((byte) 1);
    }

    @Test
    void aNewArrayHoldsGarbage() {
        assertThat(new FloatArray(3).toHeapArray()).containsExactly(Float.NaN, Float.NaN, Float.NaN);
        assertThat(new DoubleArray(2).toHeapArray()).containsExactly(Double.NaN, Double.NaN);
        assertThat(new HalfFloatArray(1).get(0).getFloat32()).isNaN();
        assertThat(new BFloat16Array(1).getFloat(0)).isNaN();
        assertThat(new IntArray(1).get(0)).isEqualTo(0x7FBADBAD);
        assertThat(new LongArray(1).get(0)).isNotZero();
        assertThat(new ShortArray(1).get(0)).isNotZero();
        assertThat(new ByteArray(3).toHeapArray()).doesNotContain((byte) 0);
    }

    @Test
    void theElementsFollowAHeaderThatHoldsTheirNumber() {
        DoubleArray array = DoubleArray.fromElements(1, 2, 3);
        assertThat(array.getSize()).isEqualTo(3);
        assertThat(array.getElementSize()).isEqualTo(8);
        assertThat(array.getNumBytesOfSegment()).isEqualTo(24);
        assertThat(array.getNumBytesOfSegmentWithHeader()).isEqualTo(HEADER + 24);
        assertThat(array.getSegmentWithHeader().get(ValueLayout.JAVA_INT, 0)).isEqualTo(3);
        assertThat(array.getSegment().getAtIndex(ValueLayout.JAVA_DOUBLE, 2)).isEqualTo(3);
    }

    @Test
    void aShallowArrayIsAViewThatStartsBehindTheHeader() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(HEADER + 8, 8);
            FloatArray array = FloatArray.fromSegmentShallow(segment);
            segment.set(ValueLayout.JAVA_FLOAT, HEADER + 4, 5);
            assertThat(array.getSize()).isEqualTo(2);
            assertThat(array.get(1)).isEqualTo(5);
        }
        assertThatThrownBy(() -> FloatArray.fromSegmentShallow(MemorySegment.ofArray(new byte[(int) HEADER + 3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes do not hold a whole number of elements of 4 bytes");
    }

    @Test
    void aSegmentWithoutHeaderIsCopied() {
        int[] values = {1, 2};
        IntArray array = IntArray.fromSegment(MemorySegment.ofArray(values));
        values[0] = 9;
        assertThat(array.toHeapArray()).containsExactly(1, 2);
    }

    @Test
    void concatAndSliceCopy() {
        LongArray first = LongArray.fromElements(1, 2);
        LongArray both = LongArray.concat(first, LongArray.fromElements(3));
        first.set(0, 9);
        assertThat(both.toHeapArray()).containsExactly(1, 2, 3);
        LongArray slice = both.slice(1, 2);
        both.set(1, 9);
        assertThat(slice.toHeapArray()).containsExactly(2, 3);
        assertThatThrownBy(() -> both.slice(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void initAndClearSetEveryElement() {
        ShortArray array = new ShortArray(2);
        array.init((short) 7);
        assertThat(array.toHeapArray()).containsExactly((short) 7, (short) 7);
        array.clear();
        assertThat(array.toHeapArray()).containsExactly((short) 0, (short) 0);
        BFloat16Array.initialize(new BFloat16Array(1), (short) 0);
        HalfFloatArray halves = new HalfFloatArray(1);
        HalfFloatArray.initialize(halves, new HalfFloat(2f));
        assertThat(halves.get(0).getFloat32()).isEqualTo(2);
    }

    @Test
    void aHalfFloatLiesAtAnEvenByteIndex() {
        ByteArray bytes = new ByteArray(4);
        bytes.setHalfFloat(2, new HalfFloat(1.5f));
        assertThat(bytes.getHalfFloat(2).getFloat32()).isEqualTo(1.5f);
        assertThatThrownBy(() -> bytes.getHalfFloat(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bytes.getHalfFloat(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anEmptyArrayIsAllowedAndANegativeSizeIsNot() {
        assertThat(new FloatArray(0).toHeapArray()).isEmpty();
        assertThatThrownBy(() -> new FloatArray(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
