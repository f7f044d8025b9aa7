package io.github.tornadoctc;

/**
 * Something a backend may offer beyond the loss, such as an account of where the time goes. An operation is an
 * interface of its own that extends this one, and is asked for with {@link CtcBackend#operation}; neither the contract
 * nor backends without it change when one is added.
 */
public interface CtcOperation {}
