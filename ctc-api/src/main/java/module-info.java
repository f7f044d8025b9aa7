/** The contract of every CTC backend, and how the backends that are there are found. */
module io.github.tornadoctc.api {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.tornadoctc;

    uses io.github.tornadoctc.CtcBackendProvider;
}
