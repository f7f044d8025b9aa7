package io.github.tornadoctc.examples.trainocr;

/**
 * A line that was drawn.
 *
 * @param text what it says
 * @param image how it looks
 */
record DrawnLine(String text, LineImage image) {}
