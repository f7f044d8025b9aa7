package io.github.tornadoctc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowMemoryTest {
    @Test
    void whatIsCopiedStaysUntilItIsCleared() {
        WindowMemory memory = new WindowMemory();
        Random random = new Random(3);
        byte[] reused = new byte[200_000];
        for (int window = 0; window < 3; window++) {
            List<byte[]> expected = new ArrayList<>();
            List<MemorySegment> copies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                byte[] bytes = new byte[random.nextInt(i % 10 == 0 ? reused.length : 60_000)];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, reused, 0, bytes.length);
                copies.add(memory.copy(MemorySegment.ofArray(reused).asSlice(0, bytes.length)));
                expected.add(bytes);
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(copies.get(i).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected.get(i));
            }
            memory.clear();
        }
    }

    @Test
    void theMemoryOfAWindowIsTakenForTheNextOne() {
        WindowMemory memory = new WindowMemory();
        MemorySegment first = memory.copy(MemorySegment.ofArray(new byte[100]));
        memory.clear();
        MemorySegment second = memory.copy(MemorySegment.ofArray(new byte[100]));
        assertThat(second.heapBase()).containsSame(first.heapBase().orElseThrow());
    }
}
