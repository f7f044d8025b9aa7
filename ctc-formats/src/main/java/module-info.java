/** Batches and arrays in files. Only JSON needs Jackson. */
module io.github.tornadoctc.io {
    requires transitive io.github.tornadoctc.api;
    requires org.slf4j;
    requires static com.fasterxml.jackson.core;

    exports io.github.tornadoctc.io;
}
