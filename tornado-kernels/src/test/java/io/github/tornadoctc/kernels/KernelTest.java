package io.github.tornadoctc.kernels;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests of one kernel, on the emulator in every build and again on a device where an SDK is found; they say which. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("kernel")
@ExtendWith(KernelTest.Announcement.class)
@interface KernelTest {

    /** Says what the kernels run on. */
    final class Announcement implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            System.out.printf("%s: on %s%n", context.getDisplayName(), Stages.device());
        }
    }
}
