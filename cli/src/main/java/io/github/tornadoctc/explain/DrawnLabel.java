package io.github.tornadoctc.explain;

/**
 * A label as it is drawn.
 *
 * @param name what is written
 * @param start its first frame
 * @param end the frame after its last one
 * @param confidence in [0, 1], drawn as a colour
 */
public record DrawnLabel(String name, int start, int end, double confidence) {}
