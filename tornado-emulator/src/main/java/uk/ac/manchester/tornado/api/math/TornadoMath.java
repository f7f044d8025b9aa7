package uk.ac.manchester.tornado.api.math;

import io.github.tornadoctc.emulator.engine.DeviceMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/**
 * The functions a kernel may call, with the accuracy of {@link Math}; a device's may be less. Float functions are the
 * double ones, rounded.
 */
public class TornadoMath {
    public TornadoMath() {}

    public static float min(float a, float b) {
        return Math.min(a, b);
    }

    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    public static long min(long a, long b) {
        return Math.min(a, b);
    }

    public static int min(int a, int b) {
        return Math.min(a, b);
    }

    public static short min(short a, short b) {
        return (short) Math.min(a, b);
    }

    public static byte min(byte a, byte b) {
        return (byte) Math.min(a, b);
    }

    /** Compares the bits as integers, as TornadoVM does: right only where both values are positive. */
    public static HalfFloat min(HalfFloat a, HalfFloat b) {
        return a.getHalfFloatValue() > b.getHalfFloatValue() ? b : a;
    }

    public static float max(float a, float b) {
        return Math.max(a, b);
    }

    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    public static long max(long a, long b) {
        return Math.max(a, b);
    }

    public static int max(int a, int b) {
        return Math.max(a, b);
    }

    public static short max(short a, short b) {
        return (short) Math.max(a, b);
    }

    public static byte max(byte a, byte b) {
        return (byte) Math.max(a, b);
    }

    /** Compares the bits as integers, as TornadoVM does: right only where both values are positive. */
    public static HalfFloat max(HalfFloat a, HalfFloat b) {
        return a.getHalfFloatValue() > b.getHalfFloatValue() ? a : b;
    }

    public static float abs(float a) {
        return Math.abs(a);
    }

    public static double abs(double a) {
        return Math.abs(a);
    }

    public static long abs(long a) {
        return Math.abs(a);
    }

    public static int abs(int a) {
        return Math.abs(a);
    }

    public static short abs(short a) {
        return (short) Math.abs(a);
    }

    public static byte abs(byte a) {
        return (byte) Math.abs(a);
    }

    /** {@code val}, or the bound it is beyond. */
    public static long clamp(long val, long min, long max) {
        return max(min, min(max, val));
    }

    /** {@code val}, or the bound it is beyond. */
    public static int clamp(int val, int min, int max) {
        return max(min, min(max, val));
    }

    /** {@code val}, or the bound it is beyond. */
    public static short clamp(short val, short min, short max) {
        return max(min, min(max, val));
    }

    /** {@code val}, or the bound it is beyond. */
    public static byte clamp(byte val, byte min, byte max) {
        return max(min, min(max, val));
    }

    /** {@code val}, or the bound it is beyond. */
    public static float clamp(float val, float min, float max) {
        return max(min, min(max, val));
    }

    /** {@code val}, or the bound it is beyond. */
    public static double clamp(double val, double min, double max) {
        return max(min, min(max, val));
    }

    /** As coarse as the emulator has been told to be. */
    public static float exp(float value) {
        return DeviceMath.exp(value);
    }

    public static double exp(double value) {
        return Math.exp(value);
    }

    public static float sqrt(float value) {
        return (float) Math.sqrt(value);
    }

    public static double sqrt(double value) {
        return Math.sqrt(value);
    }

    public static float floor(float value) {
        return (float) Math.floor(value);
    }

    public static double floor(double value) {
        return Math.floor(value);
    }

    public static float ceil(float value) {
        return (float) Math.ceil(value);
    }

    public static double ceil(double value) {
        return Math.ceil(value);
    }

    public static float log(float value) {
        return (float) Math.log(value);
    }

    public static double log(double value) {
        return Math.log(value);
    }

    public static float atan(float value) {
        return (float) Math.atan(value);
    }

    public static double atan(double value) {
        return Math.atan(value);
    }

    public static float tan(float value) {
        return (float) Math.tan(value);
    }

    public static double tan(double value) {
        return Math.tan(value);
    }

    public static float tanh(float value) {
        return (float) Math.tanh(value);
    }

    public static double tanh(double value) {
        return Math.tanh(value);
    }

    public static float acos(float value) {
        return (float) Math.acos(value);
    }

    public static double acos(double value) {
        return Math.acos(value);
    }

    public static float asin(float value) {
        return (float) Math.asin(value);
    }

    public static double asin(double value) {
        return Math.asin(value);
    }

    public static float cos(float value) {
        return (float) Math.cos(value);
    }

    public static double cos(double value) {
        return Math.cos(value);
    }

    public static float sin(float value) {
        return (float) Math.sin(value);
    }

    public static double sin(double value) {
        return Math.sin(value);
    }

    public static float signum(float value) {
        return Math.signum(value);
    }

    public static double signum(double value) {
        return Math.signum(value);
    }

    public static float toRadians(float degrees) {
        return (float) Math.toRadians(degrees);
    }

    /** What is above the next lower whole number. */
    public static float fract(float value) {
        return value - floor(value);
    }

    public static float log2(float value) {
        return (float) (Math.log(value) / Math.log(2));
    }

    public static float pow(float a, float b) {
        return (float) Math.pow(a, b);
    }

    public static float atan2(float a, float b) {
        return (float) Math.atan2(a, b);
    }

    public static float acosh(float value) {
        return (float) Math.log(value + Math.sqrt((double) value * value - 1));
    }

    public static float asinh(float value) {
        return (float) Math.log(value + Math.sqrt((double) value * value + 1));
    }

    public static float sinpi(float value) {
        return (float) Math.sin(value * Math.PI);
    }

    public static float cospi(float value) {
        return (float) Math.cos(value * Math.PI);
    }

    public static double toRadians(double degrees) {
        return Math.toRadians(degrees);
    }

    /** What is above the next lower whole number. */
    public static double fract(double value) {
        return value - floor(value);
    }

    public static double log2(double value) {
        return (Math.log(value) / Math.log(2));
    }

    public static double pow(double a, double b) {
        return Math.pow(a, b);
    }

    public static double atan2(double a, double b) {
        return Math.atan2(a, b);
    }

    public static double acosh(double value) {
        return Math.log(value + Math.sqrt(value * value - 1));
    }

    public static double asinh(double value) {
        return Math.log(value + Math.sqrt(value * value + 1));
    }

    public static double sinpi(double value) {
        return Math.sin(value * Math.PI);
    }

    public static double cospi(double value) {
        return Math.cos(value * Math.PI);
    }

    public static float floatPI() {
        return (float) Math.PI;
    }

    public static double PI() {
        return Math.PI;
    }
}
