/** From scores to text: decoders, language models, error rates. */
module io.github.tornadoctc.decoding {
    requires transitive io.github.tornadoctc.api;
    requires transitive io.github.tornadoctc.io;

    exports io.github.tornadoctc.decoding;
    exports io.github.tornadoctc.decoding.errors;
    exports io.github.tornadoctc.decoding.scorers;
}
