package io.github.tornadoctc.cli;

/** A backend that is left out of a comparison, and why. */
record SkippedBackend(String backend, String reason) {}
