package io.github.tornadoctc.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the first bytes of a file say that it is. */
enum BatchFormat {
    NPZ,
    SAFETENSORS,
    JSON,
    NPY,
    EMPTY,
    OTHER;

    /** White space before a JSON object that is still seen through. */
    private static final int LOOKED_AT = 4096;

    private static final int NPY_MAGIC = 0x93;

    /** The format of a stream, which is left in front of its first byte, or of its JSON object. */
    static BatchFormat of(BufferedInputStream in) throws IOException {
        in.mark(LOOKED_AT);
        byte[] begin = in.readNBytes(LOOKED_AT);
        in.reset();
        if (begin.length == 0) {
            return EMPTY;
        }
        if (isSafetensors(begin)) {
            return SAFETENSORS;
        }
        return switch (Byte.toUnsignedInt(begin[0])) {
            case 'P' -> NPZ;
            case NPY_MAGIC -> NPY;
            default -> json(in, begin);
        };
    }

    /** A length of a header that is not too long, and its brace; no text has the zeros of the length. */
    private static boolean isSafetensors(byte... begin) {
        if (begin.length <= Long.BYTES || begin[Long.BYTES] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 0 && length <= SafetensorsFile.LONGEST_HEADER;
    }

    /** JSON in UTF-8, or in UTF-16 with a byte-order mark, which the parser reads; that of UTF-8 is skipped here. */
    private static BatchFormat json(BufferedInputStream in, byte... begin) throws IOException {
        if (startsWith(begin, 0xFF, 0xFE) || startsWith(begin, 0xFE, 0xFF)) {
            return JSON;
        }
        int mark = startsWith(begin, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        int at = mark;
        while (at < begin.length && " \n\r\t".indexOf(begin[at]) >= 0) {
            at++;
        }
        if (at == begin.length || begin[at] != '{') {
            return OTHER;
        }
        in.skipNBytes(mark);
        return JSON;
    }

    private static boolean startsWith(byte[] begin, int... bytes) {
        if (begin.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (begin[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
