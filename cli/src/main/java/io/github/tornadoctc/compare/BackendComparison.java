package io.github.tornadoctc.compare;

import java.util.List;

/**
 * One backend beside the reference.
 *
 * @param backend its name
 * @param device the device it computed on, in words
 * @param milliseconds what the losses and the gradient took: of the second computation, since the first one compiles
 *     and allocates, unless that was long enough for it not to matter
 * @param utterances how far off each utterance is
 */
public record BackendComparison(String backend, String device, double milliseconds, List<Deviation> utterances) {

    /** How far off the batch is. */
    public Deviation overall() {
        return utterances.stream().reduce(Deviation.NONE, Deviation::and);
    }
}
