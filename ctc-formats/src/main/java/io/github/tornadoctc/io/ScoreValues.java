package io.github.tornadoctc.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scores of an array as a batch takes them: of 16 or 32 bits as they are, and of 64 narrowed to float32. */
final class ScoreValues {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreValues.class);

    private ScoreValues() {}

    /**
     * The scores, of float32, float16 or bfloat16; the array's own memory if it is of one of these.
     *
     * @param bfloat16 whether uint16 are the bits of bfloat16
     */
    static NpyArray of(NpyArray array, boolean bfloat16, BatchFields fields) throws BatchFileException {
        NpyType type = array.type();
        if (type == NpyType.UINT16 && bfloat16) {
            return NpyArray.of(NpyType.BFLOAT16, array.data(), array.shape());
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
        return type.scoreType().isPresent() ? array : float32(array, fields);
    }

    private static NpyArray float32(NpyArray array, BatchFields fields) {
        LOG.info("{}: {}: {} is converted to float32", fields.file, fields.scoresName, array.type());
        NpyArray converted = NpyArray.allocate(NpyType.FLOAT32, array.shape());
        array.copyTo(converted.data());
        return converted;
    }
}
