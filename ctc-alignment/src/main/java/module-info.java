/** From alignments to words with times and confidences, and the formats that have them. */
module io.github.tornadoctc.align {
    requires transitive io.github.tornadoctc.api;
    requires static transitive org.jspecify;

    exports io.github.tornadoctc.align;
}
