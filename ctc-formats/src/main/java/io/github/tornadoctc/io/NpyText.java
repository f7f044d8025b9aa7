package io.github.tornadoctc.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text as NumPy saves a string: an array of one element, of UTF-32 or of bytes, that ends with NULs. */
final class NpyText {
    private static final Pattern TYPE = Pattern.compile("[<>|=]?([US])(\\d{1,4})");

    private NpyText() {}

    /** The text that an array is, or nothing if it is something else. */
    static Optional<String> read(InputStream in, String where) throws IOException {
        NpyHeader header = NpyHeader.read(in, where);
        Matcher type = TYPE.matcher(header.descr());
        if (!type.matches() || NpyArray.elements(header.shape()) != 1) {
            return Optional.empty();
        }
        boolean unicode = type.group(1).equals("U");
        int bytes = Integer.parseInt(type.group(2)) * (unicode ? Integer.BYTES : 1);
        byte[] text = in.readNBytes(bytes);
        if (text.length < bytes) {
            throw new BatchFileException(
                    "%s: is truncated: a text of %d bytes has %d".formatted(where, bytes, text.length));
        }
        return Optional.of(new String(text, charset(unicode, header.order())).replace("\0", ""));
    }

    private static Charset charset(boolean unicode, ByteOrder order) {
        if (!unicode) {
            return StandardCharsets.UTF_8;
        }
        return order == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_32BE : StandardCharsets.UTF_32LE;
    }
}
