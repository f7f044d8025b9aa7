/**
 * The definition of CTC in double precision, twice: by enumerating paths, and by the forward-backward recursion, one
 * method per equation. Neither is ever optimised; everything else is held to them.
 *
 * <p>Equation numbers are those of Graves, Fernández, Gomez and Schmidhuber, <i>Connectionist Temporal
 * Classification: Labelling Unsegmented Sequence Data with Recurrent Neural Networks</i>, ICML 2006.
 */
@NullMarked
package io.github.tornadoctc.reference;

import org.jspecify.annotations.NullMarked;
