package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Finds the labellings of the largest probability, and score of a {@link Scorer}, by prefix beam search. Unlike the best
 * path, a labelling's probability is summed over its paths.
 *
 * <p>Utterances are decoded in parallel and share nothing: the result of one is the same, bit for bit, alone or in any
 * batch, on any number of threads, and by a {@link StreamingDecoder}. Of equally good labellings the one that is first in
 * the order of a dictionary comes first, labels compared by their indices.
 */
public final class BeamSearchDecoder {
    private final BeamSearchOptions options;

    /** A decoder that searches so. */
    public BeamSearchDecoder(BeamSearchOptions options) {
        this.options = options;
    }

    /** The hypotheses of every utterance; the targets of the batch are not looked at. */
    public List<Decoding> decode(CtcBatch batch) {
        Decoding[] decodings = new Decoding[batch.batchSize()];
        int threads = Math.min(options.maxThreads(), Runtime.getRuntime().availableProcessors());
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, threads).parallel().forEach(thread -> {
            for (int b = next.getAndIncrement(); b < decodings.length; b = next.getAndIncrement()) {
                decodings[b] = decode(batch, b);
            }
        });
        return Arrays.asList(decodings);
    }

    /** The hypotheses of utterance b, on this thread. */
    public Decoding decode(CtcBatch batch, int b) {
        UtteranceSearch search = new UtteranceSearch(batch.symbols(), batch.blank(), options);
        BatchRows rows = new BatchRows(batch, b);
        for (int t = 0; t < batch.inputLength(b); t++) {
            search.accept(rows.segment(), rows.row(t));
        }
        return search.decoding();
    }
}
