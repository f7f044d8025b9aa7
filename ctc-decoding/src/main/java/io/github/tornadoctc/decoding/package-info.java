/**
 * Decoders: the labels that scores say. {@code GreedyDecoder} takes the best path, with the frames of each label;
 * {@code BeamSearchDecoder} looks for the best labellings of a batch, and {@code StreamingDecoder} does the same with frames
 * as they come. What else is known of the language is a {@code Scorer}. The search itself is in {@code PrefixBeam}.
 */
@NullMarked
package io.github.tornadoctc.decoding;

import org.jspecify.annotations.NullMarked;
