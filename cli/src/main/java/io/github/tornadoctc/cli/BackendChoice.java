package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the command line names it.
 *
 * @param device the id of one of its devices, or null for its default one
 */
record BackendChoice(String name, @Nullable String device) {

    /**
     * Reads {@code name} or {@code name@device}.
     *
     * @throws IllegalArgumentException if there is no backend of that name, or no device can have that id
     */
    static BackendChoice of(String text) {
        int at = text.indexOf('@');
        BackendChoice choice = at < 0
                ? new BackendChoice(text, null)
                : new BackendChoice(text.substring(0, at), text.substring(at + 1));
        if (text.endsWith("@")) {
            throw new IllegalArgumentException("%s: a device is missing after the @".formatted(text));
        }
        if (!choice.name.equals("auto")) {
            CtcBackends.provider(choice.name);
        } else if (choice.device != null) {
            throw new IllegalArgumentException("%s: a device needs a backend to be named".formatted(text));
        }
        if (choice.device != null) {
            Choices.checkDevice(choice.device);
        }
        return choice;
    }

    /** The configuration that opens it. */
    CtcConfiguration configuration() {
        return CtcConfiguration.defaults().withDevice(device);
    }

    /** Name and device, as they were given. */
    String label() {
        return device == null ? name : name + "@" + device;
    }
}
