/** CTC in double precision, which every other backend is held to. */
module io.github.tornadoctc.reference {
    requires transitive io.github.tornadoctc.api;

    exports io.github.tornadoctc.reference;

    provides io.github.tornadoctc.CtcBackendProvider with
            io.github.tornadoctc.reference.ParallelProvider,
            io.github.tornadoctc.reference.ReferenceProvider;
}
