package uk.ac.manchester.tornado.api.enums;

/** When an argument of a task is copied between host and device. */
public class DataTransferMode {
    /** Before the first execution, and again only after the device memory was freed. */
    public static final int FIRST_EXECUTION = 0;

    /** With every execution. */
    public static final int EVERY_EXECUTION = 1;

    /** Not before it is asked for. */
    public static final int UNDER_DEMAND = 2;

    public DataTransferMode() {}
}
