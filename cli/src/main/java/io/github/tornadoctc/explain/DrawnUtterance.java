package io.github.tornadoctc.explain;

import java.util.List;

/** An utterance whose labels are drawn over its frames, at least one. */
public record DrawnUtterance(String title, int frames, List<DrawnLabel> labels) {
    /** A list that does not change any more. */
    public DrawnUtterance {
        labels = List.copyOf(labels);
    }
}
