/**
 * What is read off an alignment: {@code Confidence} says how sure a label, a word or an utterance is, {@code Transcript}
 * has symbols and words with their times, and {@code TranscriptFormat} writes them as Praat, sclite and players of
 * subtitles read them.
 */
@NullMarked
package io.github.tornadoctc.align;

import org.jspecify.annotations.NullMarked;
