/**
 * Forced alignment of one utterance on the CPU, in the order of the computation: {@link
 * io.github.tornadoctc.cpu.align.ScoreRows} and {@link io.github.tornadoctc.cpu.align.RowSums} look over the scores,
 * {@link io.github.tornadoctc.cpu.align.TargetPairs} has the target, {@link io.github.tornadoctc.cpu.align.MaxPlus}
 * advances δ over frames, and {@link io.github.tornadoctc.cpu.align.ViterbiSearch} leads them and traces the best path
 * back. Not for users, who ask the backend for {@link io.github.tornadoctc.CtcAligner}.
 */
@NullMarked
package io.github.tornadoctc.cpu.align;

import org.jspecify.annotations.NullMarked;
