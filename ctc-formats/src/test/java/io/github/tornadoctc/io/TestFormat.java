package io.github.tornadoctc.io;

/** The formats that batches are read from. */
enum TestFormat {
    JSON,
    NPZ,
    SAFETENSORS
}
