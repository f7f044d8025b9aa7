package io.github.tornadoctc.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@code .safetensors} file: the length of a header, the header in JSON, and tensors one after the other. Tensors are
 * read one by one, when asked for. What its metadata says of a batch, {@code layout} and {@code scores}, are texts.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
final class SafetensorsFile implements BatchArrays, AutoCloseable {
    /** What the reference implementation takes at most. */
    static final long LONGEST_HEADER = 100_000_000;

    private final String file;
    private final SeekableByteChannel channel;
    private final SafetensorsHeader header;
    /** Where the tensors begin. */
    private final long data;

    private SafetensorsFile(Path path, String file) throws IOException {
        this.file = file;
        this.channel = Files.newByteChannel(path);
        try {
            ByteBuffer length = ByteBuffer.wrap(read(0, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            long bytes = length.getLong();
            if (bytes < 0 || bytes > Math.min(LONGEST_HEADER, channel.size() - Long.BYTES)) {
                throw new BatchFileException("%s: header length = %s is more than the %d bytes there are"
                        .formatted(file, Long.toUnsignedString(bytes), channel.size() - Long.BYTES));
            }
            this.data = Long.BYTES + bytes;
            this.header = SafetensorsHeader.parse(read(Long.BYTES, (int) bytes), channel.size() - data, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens a file, which messages call {@code name}. */
    static SafetensorsFile open(Path file, String name) throws BatchFileException {
        try {
            return new SafetensorsFile(file, name);
        } catch (IOException e) {
            throw BatchFileException.of(name, "cannot be read as .safetensors", e);
        }
    }

    private byte[] read(long at, int bytes) throws IOException {
        byte[] read = from(at).readNBytes(bytes);
        if (read.length < bytes) {
            throw new BatchFileException("%s: is truncated in its header".formatted(file));
        }
        return read;
    }

    /** The file from there on; left open, since closing it closes the file. */
    private InputStream from(long at) throws IOException {
        return Channels.newInputStream(channel.position(at));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(header.tensors().keySet());
        names.addAll(header.texts().keySet());
        return names;
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(header.texts().get(name));
    }

    @Override
    public boolean looksLikeScores(String name) {
        SafetensorsHeader.Tensor tensor = header.tensors().get(name);
        return tensor != null && tensor.shape().size() == 3 && tensor.type().isFloat();
    }

    @Override
    public NpyArray read(String name) throws BatchFileException {
        SafetensorsHeader.Tensor tensor = header.tensors().get(name);
        if (tensor == null) {
            throw new BatchFileException("%s: %s: is a text and no tensor".formatted(file, name));
        }
        try {
            int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
            return NpyFile.readData(
                    from(data + tensor.begin()),
                    NpyArray.allocate(tensor.type(), shape),
                    "%s: %s".formatted(file, name));
        } catch (IOException e) {
            throw BatchFileException.of("%s: %s".formatted(file, name), "cannot be read", e);
        }
    }

    @Override
    public void close() throws BatchFileException {
        try {
            channel.close();
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be closed", e);
        }
    }
}
