/** A real CTC batch: lines of text, drawn, read by an OCR network, and written with their true texts as targets. */
@NullMarked
package io.github.tornadoctc.examples.ocr;

import org.jspecify.annotations.NullMarked;
