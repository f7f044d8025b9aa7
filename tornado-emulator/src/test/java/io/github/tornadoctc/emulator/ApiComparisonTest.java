package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;

/** The conformance test is only worth something if the comparison sees a difference. */
class ApiComparisonTest {
    private static ClassModel read(Class<?> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    private static List<String> differences(Class<?> type, ClassTransform change) throws Exception {
        ClassModel ours = read(type);
        ClassModel theirs = ClassFile.of().parse(ClassFile.of().transformClass(ours, change));
        return new ApiComparison(ours, Map.of(theirs.thisClass().asInternalName(), theirs)).differences();
    }

    @Test
    void aClassIsNoDifferentFromItself() throws Exception {
        assertThat(differences(KernelContext.class, ClassTransform.ACCEPT_ALL)).isEmpty();
    }

    @Test
    void aMissingMethodIsADifference() throws Exception {
        ClassTransform withoutBarrier = ClassTransform.dropping(element ->
                element instanceof MethodModel method && method.methodName().equalsString("localBarrier"));
        assertThat(differences(KernelContext.class, withoutBarrier))
                .containsExactly(KernelContext.class.getName() + ": method localBarrier()V is not in TornadoVM");
    }

    @Test
    void anotherRetentionOfAnAnnotationIsADifference() throws Exception {
        ClassTransform withoutAnnotations =
                ClassTransform.dropping(element -> element instanceof RuntimeVisibleAnnotationsAttribute);
        assertThat(differences(Parallel.class, withoutAnnotations))
                .singleElement()
                .asString()
                .contains("annotations", "Retention");
    }

    @Test
    void aMissingClassIsADifference() throws Exception {
        assertThat(new ApiComparison(read(KernelContext.class), Map.of()).differences())
                .containsExactly(KernelContext.class.getName() + " is not in TornadoVM");
    }

    @Test
    void anotherSuperclassIsADifference() throws Exception {
        ClassModel ours = read(TornadoBackendNotFound.class);
        ClassModel theirs = read(KernelContext.class);
        assertThat(new ApiComparison(ours, Map.of(ours.thisClass().asInternalName(), theirs)).differences())
                .anySatisfy(difference -> assertThat(difference).contains("only in the emulator"));
    }
}
