package io.github.tornadoctc.kernels;

/** An operation of {@link TornadoCtcBackend}, with plans of its own on the device. */
interface DeviceOperation extends AutoCloseable {

    /** Frees what it has on the device; a second call does nothing. */
    @Override
    void close();
}
