package io.github.tornadoctc.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of a batch in a file of named arrays, of whatever format. */
final class ArrayBatch {
    private final BatchArrays arrays;
    private final BatchFields fields;
    private final Set<String> given = new HashSet<>();
    /** Names of no field, one of which may be that of the scores. */
    private final List<String> others = new ArrayList<>();

    private ArrayBatch(BatchArrays arrays, String file) {
        this.arrays = arrays;
        this.fields = new BatchFields(file, List.copyOf(arrays.names()));
    }

    static LoadedBatch read(BatchArrays arrays, String file, ReadOptions options) throws BatchFileException {
        return BatchAssembly.assemble(new ArrayBatch(arrays, file).fields(), options);
    }

    private BatchFields fields() throws BatchFileException {
        if (fields.names.isEmpty()) {
            throw fields.error("there are no arrays in it" + arrays.hint());
        }
        for (String name : fields.names) {
            read(name, BatchFields.camelCase(name));
        }
        if (fields.scores == null && others.size() == 1 && arrays.looksLikeScores(others.getFirst())) {
            fields.guessed = true;
            scores(others.removeFirst());
        }
        if (!others.isEmpty()) {
            throw fields.unknown(others.getFirst());
        }
        return fields;
    }

    private void read(String name, String field) throws BatchFileException {
        if (!BatchFields.NAMES.contains(field)) {
            others.add(name);
            return;
        }
        if (!given.add(field)) {
            throw fields.twice(field);
        }
        switch (field) {
            case "inputLengths" -> fields.inputLengths = integers(name);
            case "targets" -> fields.targets = integers(name);
            case "targetLengths" -> fields.targetLengths = integers(name);
            case "blank" -> fields.blank = integers(name);
            case "layout" -> fields.layout(name, text(name));
            case "logits", "logProbs" -> scores(name);
            case "scores" -> scoresOrTheirKind(name);
            default -> {}
        }
    }

    private NpyIntegers integers(String name) throws BatchFileException {
        return NpyIntegers.of(name, arrays.read(name), fields.file);
    }

    private String text(String name) throws BatchFileException {
        return arrays.text(name).orElseThrow(() -> fields.error(name + ": is no text"));
    }

    /** {@code scores} is either what the scores are, as a text, or the scores. */
    private void scoresOrTheirKind(String name) throws BatchFileException {
        Optional<String> kind = arrays.text(name);
        if (kind.isPresent()) {
            fields.kind(name, kind.get());
        } else {
            scores(name);
        }
    }

    private void scores(String name) throws BatchFileException {
        if (fields.scores != null) {
            throw fields.twoScores(name);
        }
        fields.scoresName = name;
        fields.scores = arrays.read(name);
    }
}
