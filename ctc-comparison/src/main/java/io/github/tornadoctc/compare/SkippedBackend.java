package io.github.tornadoctc.compare;

/** A backend that is left out of a comparison, and why. */
public record SkippedBackend(String backend, String reason) {}
