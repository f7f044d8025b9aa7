package io.github.tornadoctc.io;

import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scores of an array as a batch takes them, which is as float32: 16 bits are widened, 64 narrowed. */
final class ScoreValues {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreValues.class);

    private ScoreValues() {}

    /**
     * The scores, the array's own memory if it is of float32.
     *
     * @param bfloat16 whether uint16 are the bits of bfloat16
     */
    static MemorySegment of(NpyArray array, boolean bfloat16, BatchFields fields) throws BatchFileException {
        NpyType type = array.type();
        if (type == NpyType.UINT16 && bfloat16) {
            return float32(NpyArray.of(NpyType.BFLOAT16, array.data(), array.shape()), fields);
        }
        if (type == NpyType.UINT16) {
            throw fields.error(("%s: dtype = uint16 is no floating-point type; if these are the bits of bfloat16,"
                            + " --bfloat16 says so, else save %s.astype(numpy.float32)")
                    .formatted(fields.scoresName, fields.scoresName));
        }
        if (!type.isFloat()) {
            throw fields.error("%s: dtype = %s is no floating-point type; save %s.astype(numpy.float32)"
                    .formatted(fields.scoresName, type, fields.scoresName));
        }
        return float32(array, fields);
    }

    private static MemorySegment float32(NpyArray array, BatchFields fields) {
        if (array.type() == NpyType.FLOAT32) {
            return array.data();
        }
        LOG.info("{}: {}: {} is converted to float32", fields.file, fields.scoresName, array.type());
        NpyArray converted = NpyArray.allocate(NpyType.FLOAT32, array.shape());
        array.copyTo(converted.data());
        return converted.data();
    }
}
