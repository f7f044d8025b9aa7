package io.github.tornadoctc.io;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file: magic, version, length, and a Python dictionary literal.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NpyHeader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Magic, version and the two-byte length of version 1. */
    private static final int PREFIX = 10;
    /** What NumPy pads headers to, so that the elements are aligned. */
    private static final int ALIGNMENT = 64;
    /** The most that version 1 can hold; headers of plain arrays have some 100 bytes. */
    private static final int LONGEST = 0xFFFF;

    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^()]*)\\)");
    /** The most that NumPy's arrays have. A shape is not taken apart if it has more, which could take memory. */
    private static final int MOST_AXES = 64;
    /** Python 2 wrote a long with an L. */
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,18})L?");

    private final String descr;
    private final boolean fortranOrder;
    private final int[] shape;

    NpyHeader(NpyType type, int... shape) {
        this(type.descr(), false, shape);
    }

    private NpyHeader(String descr, boolean fortranOrder, int... shape) {
        this.descr = descr;
        this.fortranOrder = fortranOrder;
        this.shape = shape;
    }

    /**
     * Reads a header of version 1, 2 or 3.
     *
     * @param where the file and the array, for messages
     */
    static NpyHeader read(InputStream in, String where) throws IOException {
        byte[] start = readFully(in, MAGIC.length + 2, where);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BatchFileException(where + ": is not in NumPy's .npy format");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new BatchFileException("%s: .npy version %d is not 1, 2 or 3".formatted(where, version));
        }
        ByteBuffer length =
                ByteBuffer.wrap(readFully(in, version == 1 ? 2 : 4, where)).order(ByteOrder.LITTLE_ENDIAN);
        long bytes = version == 1 ? Short.toUnsignedLong(length.getShort()) : Integer.toUnsignedLong(length.getInt());
        if (bytes > LONGEST) {
            throw new BatchFileException(
                    "%s: header length = %d is more than %d bytes".formatted(where, bytes, LONGEST));
        }
        return parse(new String(readFully(in, (int) bytes, where), StandardCharsets.UTF_8), where);
    }

    private static byte[] readFully(InputStream in, int bytes, String where) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new BatchFileException(where + ": is truncated in its header");
        }
        return read;
    }

    private static NpyHeader parse(String text, String where) throws BatchFileException {
        Matcher descr = DESCR.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!order.find() || !shape.find()) {
            throw new BatchFileException(where + ": header is malformed");
        }
        if (!descr.find()) {
            throw new BatchFileException(
                    "%s: dtype is structured; it must be one of %s".formatted(where, NpyType.supported()));
        }
        return new NpyHeader(descr.group(1), order.group(1).equals("True"), parseShape(shape.group(1), where));
    }

    private static int[] parseShape(String text, String where) throws BatchFileException {
        if (text.isBlank()) {
            return new int[0];
        }
        String[] lengths = text.replaceFirst(",\\s*$", "").split(",", MOST_AXES + 1);
        if (lengths.length > MOST_AXES) {
            throw new BatchFileException("%s: shape has more than %d axes".formatted(where, MOST_AXES));
        }
        int[] shape = new int[lengths.length];
        try {
            for (int axis = 0; axis < shape.length; axis++) {
                String digits = lengths[axis].strip();
                Matcher length = LENGTH.matcher(digits);
                if (!length.matches()) {
                    throw new BatchFileException("%s: shape[%d] = %s is not a length".formatted(where, axis, digits));
                }
                shape[axis] = Math.toIntExact(Long.parseLong(length.group(1)));
            }
            NpyArray.elements(shape);
        } catch (ArithmeticException e) {
            throw new BatchFileException(
                    "%s: shape = (%s) has more than %d elements".formatted(where, text, Integer.MAX_VALUE), e);
        }
        return shape;
    }

    /**
     * The type of the elements.
     *
     * @throws BatchFileException if it is none of those that are read, with the NumPy call that converts where there is one
     */
    NpyType type(String where) throws BatchFileException {
        return NpyType.ofDescr(descr)
                .orElseThrow(() -> new BatchFileException("%s: dtype = %s is none of %s%s"
                        .formatted(
                                where,
                                descr,
                                NpyType.supported(),
                                descr.matches("[<>|=]?f\\d+") ? "; save .astype(numpy.float32) of it" : "")));
    }

    /** The byte order of the elements. NumPy marks those that have none with a bar. */
    ByteOrder order() {
        return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Whether the first axis is the one whose elements are neighbours, which makes no difference if there is only one. */
    boolean isFortranOrder() {
        return fortranOrder && shape.length > 1;
    }

    /** NumPy's code for the type of the elements. */
    String descr() {
        return descr;
    }

    int[] shape() {
        return shape.clone();
    }

    /** The header as NumPy writes it, version 1. */
    byte[] encode() {
        String dictionary = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shapeText(shape));
        int unpadded = PREFIX + dictionary.length() + 1;
        int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String text = dictionary + " ".repeat(padded - unpadded) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** A shape as Python writes a tuple. */
    static String shapeText(int... shape) {
        return shape.length == 1
                ? "(%d,)".formatted(shape[0])
                : Arrays.stream(shape).mapToObj(Integer::toString).collect(joining(", ", "(", ")"));
    }
}
