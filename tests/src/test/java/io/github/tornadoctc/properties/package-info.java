/**
 * What is true of CTC whatever the numbers are, over random cases of random sizes, for every backend. The contract
 * tests choose their cases; these do not, so a failure prints the seed it came from and the smallest case found.
 */
@NullMarked
package io.github.tornadoctc.properties;

import org.jspecify.annotations.NullMarked;
