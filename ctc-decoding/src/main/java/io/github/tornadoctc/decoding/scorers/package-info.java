/** What is known of a language: words that there are, words to expect, and how likely words are after others. */
@NullMarked
package io.github.tornadoctc.decoding.scorers;

import org.jspecify.annotations.NullMarked;
