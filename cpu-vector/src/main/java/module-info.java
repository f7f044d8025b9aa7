/**
 * The fast CPU backend. It computes one value at a time unless the JVM was started with
 * {@code --add-modules jdk.incubator.vector}.
 */
module io.github.tornadoctc.cpu {
    requires transitive io.github.tornadoctc.api;
    requires org.slf4j;
    requires static jdk.incubator.vector;

    exports io.github.tornadoctc.cpu;

    provides io.github.tornadoctc.CtcBackendProvider with
            io.github.tornadoctc.cpu.CpuProvider;
}
