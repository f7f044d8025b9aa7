package uk.ac.manchester.tornado.api.enums;

/** What a profiled execution does with its figures. */
public enum ProfilerMode {
    /** Prints them. */
    CONSOLE,
    /** Keeps them in the execution's result. */
    SILENT
}
