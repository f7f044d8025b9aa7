package io.github.tornadoctc.io;

import java.util.Optional;
import java.util.Set;

/** The arrays of a {@code .npz} file. */
record NpzArrays(NpzFile npz) implements BatchArrays {
    @Override
    public Set<String> names() {
        return npz.names();
    }

    @Override
    public NpyArray read(String name) throws BatchFileException {
        return npz.read(name);
    }

    @Override
    public boolean looksLikeScores(String name) throws BatchFileException {
        NpyHeader header = npz.read(name, (in, most, where) -> NpyHeader.read(in, where));
        return header.shape().length == 3
                && NpyType.ofDescr(header.descr()).filter(NpyType::isFloat).isPresent();
    }

    @Override
    public Optional<String> text(String name) throws BatchFileException {
        return npz.read(name, (in, most, where) -> NpyText.read(in, where));
    }

    @Override
    public String hint() {
        return npz.isOfPyTorch()
                ? "; it is PyTorch's: save with numpy.savez or safetensors.torch.save_file what torch.load has of it"
                : "";
    }
}
