package io.github.tornadoctc.emulator;

import static java.lang.classfile.ClassFile.ACC_ABSTRACT;
import static java.lang.classfile.ClassFile.ACC_ANNOTATION;
import static java.lang.classfile.ClassFile.ACC_ENUM;
import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_INTERFACE;
import static java.lang.classfile.ClassFile.ACC_PROTECTED;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.classfile.ClassFile.ACC_VARARGS;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares what one class of the emulator offers with the class of the same name in TornadoVM. */
final class ApiComparison {
    private static final int CLASS_FLAGS =
            ACC_PUBLIC | ACC_FINAL | ACC_INTERFACE | ACC_ABSTRACT | ACC_ENUM | ACC_ANNOTATION;
    private static final int MEMBER_FLAGS = ACC_PUBLIC | ACC_PROTECTED | ACC_STATIC | ACC_FINAL;
    private static final String TASKS = "uk.ac.manchester.tornado.api.common.TornadoFunctions$Task";
    private static final int METHOD_FLAGS = MEMBER_FLAGS | ACC_ABSTRACT | ACC_VARARGS;

    private final ClassModel ours;
    private final Map<String, ClassModel> theirs;
    private final String name;
    private final List<String> differences = new ArrayList<>();

    ApiComparison(ClassModel ours, Map<String, ClassModel> theirs) {
        this.ours = ours;
        this.theirs = theirs;
        name = ours.thisClass().asInternalName().replace('/', '.');
    }

    static boolean isPublic(ClassModel model) {
        return model.flags().has(AccessFlag.PUBLIC);
    }

    List<String> differences() {
        ClassModel counterpart = theirs.get(ours.thisClass().asInternalName());
        if (counterpart == null) {
            return List.of(name + " is not in TornadoVM");
        }
        same(
                "flags",
                ours.flags().flagsMask() & CLASS_FLAGS,
                counterpart.flags().flagsMask() & CLASS_FLAGS);
        same("generic signature", typeParameters(ours), typeParameters(counterpart));
        same("annotations", annotations(ours), annotations(counterpart));
        same("enum constants", enumConstants(ours), enumConstants(counterpart));
        for (String supertype : supertypes(ours)) {
            if (!allSupertypes(counterpart).contains(supertype) && !isOfLaterVersions(supertype)) {
                differences.add(name + " extends or implements " + supertype + " only in the emulator");
            }
        }
        ours.fields().stream()
                .filter(field -> isOffered(field.flags().flagsMask()))
                .forEach(this::compare);
        ours.methods().stream()
                .filter(method -> isOffered(method.flags().flagsMask()))
                .forEach(this::compare);
        return differences;
    }

    /** TornadoVM's tasks are serializable from version 6 on; for those before, it makes no difference that ours are. */
    private boolean isOfLaterVersions(String supertype) {
        return name.startsWith(TASKS) && supertype.equals("java/io/Serializable");
    }

    private static boolean isOffered(int flags) {
        return (flags & (ACC_PUBLIC | ACC_PROTECTED)) != 0 && (flags & ACC_SYNTHETIC) == 0;
    }

    private void compare(FieldModel field) {
        String key = field.fieldName().stringValue() + " " + field.fieldType().stringValue();
        Optional<FieldModel> found = find(model -> model.fields().stream(), other -> (other.fieldName()
                                .stringValue() + " " + other.fieldType().stringValue())
                .equals(key));
        if (found.isEmpty()) {
            differences.add(name + ": field " + key + " is not in TornadoVM");
            return;
        }
        FieldModel other = found.get();
        same(
                "flags of " + key,
                field.flags().flagsMask() & MEMBER_FLAGS,
                other.flags().flagsMask() & MEMBER_FLAGS);
        same("value of " + key, constant(field), constant(other));
    }

    private void compare(MethodModel method) {
        String key = key(method);
        Optional<MethodModel> found =
                find(model -> model.methods().stream(), other -> key(other).equals(key));
        if (found.isEmpty()) {
            differences.add(name + ": method " + key + " is not in TornadoVM");
            return;
        }
        MethodModel other = found.get();
        same(
                "flags of " + key,
                method.flags().flagsMask() & METHOD_FLAGS,
                other.flags().flagsMask() & METHOD_FLAGS);
        same("generic signature of " + key, signature(method), signature(other));
        same("exceptions of " + key, exceptions(method), exceptions(other));
    }

    private void same(String what, Object here, Object there) {
        if (!here.equals(there)) {
            differences.add(name + ": " + what + ": " + here + ", in TornadoVM " + there);
        }
    }

    /** The first match in the counterpart or what it inherits from. */
    private <M> Optional<M> find(Function<ClassModel, Stream<M>> members, Predicate<M> matches) {
        ClassModel counterpart =
                Objects.requireNonNull(theirs.get(ours.thisClass().asInternalName()));
        return Stream.concat(
                        Stream.of(counterpart),
                        allSupertypes(counterpart).stream().map(theirs::get).filter(model -> model != null))
                .flatMap(members)
                .filter(matches)
                .findFirst();
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static String signature(MethodModel method) {
        return method.findAttribute(Attributes.signature())
                .map(attribute -> attribute.signature().stringValue())
                .orElse("none");
    }

    private static List<String> exceptions(MethodModel method) {
        return method.findAttribute(Attributes.exceptions())
                .map(attribute -> attribute.exceptions().stream()
                        .map(entry -> entry.asInternalName())
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    private static String constant(FieldModel field) {
        return field.findAttribute(Attributes.constantValue())
                .map(attribute -> attribute.constant().constantValue().toString())
                .orElse("none");
    }

    /** The class's own type parameters; what it extends may be less here than there. */
    private static String typeParameters(ClassModel model) {
        return model.findAttribute(Attributes.signature())
                .map(attribute -> attribute.signature().stringValue())
                .filter(signature -> signature.startsWith("<"))
                .map(signature -> signature.substring(0, signature.indexOf(">L") + 1))
                .orElse("none");
    }

    /** Of annotation types only: a kernel compiled here must carry what TornadoVM looks for. */
    private static List<String> annotations(ClassModel model) {
        if ((model.flags().flagsMask() & ACC_ANNOTATION) == 0) {
            return List.of();
        }
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static List<String> enumConstants(ClassModel model) {
        return model.fields().stream()
                .filter(field -> (field.flags().flagsMask() & ACC_ENUM) != 0)
                .map(field -> field.fieldName().stringValue())
                .toList();
    }

    private static List<String> supertypes(ClassModel model) {
        return Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(entry -> entry.asInternalName())
                .toList();
    }

    private List<String> allSupertypes(ClassModel model) {
        List<String> all = new ArrayList<>();
        for (String supertype : supertypes(model)) {
            all.add(supertype);
            ClassModel next = theirs.get(supertype);
            if (next != null) {
                all.addAll(allSupertypes(next));
            }
        }
        return all;
    }
}
