package io.github.tornadoctc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Data flows one way: file or arrays, batch, backend, result, report. Nothing points back. */
class ArchitectureTest {
    // Ours. Two dots at the end are for packages below as well.
    private static final String API = "io.github.tornadoctc";
    private static final String REFERENCE = API + ".reference";
    private static final String CPU = API + ".cpu";
    private static final String CPU_ALIGN = API + ".cpu.align";
    private static final String IO = API + ".io";
    private static final String DECODING = API + ".decoding";
    private static final String ALIGN = API + ".align";
    private static final String DJL = API + ".djl";
    private static final String DJL_LIBTORCH = API + ".djl.libtorch";
    private static final String ERRORS = API + ".decoding.errors";
    private static final String SCORERS = API + ".decoding.scorers";
    private static final String SHAPES = API + ".shapes";
    private static final String COMPARE = API + ".compare";
    private static final String TIMING = API + ".timing";
    private static final String MEASURE = API + ".measure";
    private static final String REPORT = API + ".report";
    private static final String TORNADO = "uk.ac.manchester.tornado..";
    private static final String EMULATOR = API + ".emulator";
    private static final String ENGINE = API + ".emulator.engine";
    private static final String KERNELS = API + ".kernels";
    private static final String PROFILE = API + ".kernels.profile";
    private static final String EMULATED = API + ".emulated";
    private static final String SPARK = API + ".spark";
    private static final String CORPUS = API + ".spark.corpus";
    private static final String EXPLAIN = API + ".explain";
    private static final String CLI = API + ".cli";
    private static final String BENCHMARKS = API + ".benchmarks..";
    private static final String EXAMPLE_OCR = API + ".examples.ocr";
    private static final String EXAMPLE_TRAIN_OCR = API + ".examples.trainocr";
    private static final String EXAMPLE_TRAINING = API + ".examples.training";

    // Others'.
    private static final String VECTOR = "jdk.incubator.vector";
    private static final String AWT = "java.awt..";
    private static final String IMAGE_IO = "javax.imageio..";
    private static final String SLF4J = "org.slf4j";
    private static final String LOGBACK = "ch.qos.logback.classic";
    private static final String JACKSON = "com.fasterxml.jackson.core..";
    private static final String MATH = "org.apache.commons.math3..";
    private static final String APACHE_SPARK = "org.apache.spark..";
    private static final String HADOOP = "org.apache.hadoop..";
    private static final String SCALA = "scala..";
    private static final String JACKSON_DATABIND = "com.fasterxml.jackson.databind";
    private static final String LOG4J = "org.apache.logging.log4j..";
    private static final String PICOCLI = "picocli";
    private static final String PROGRESS = "me.tongfei.progressbar";
    private static final String XCHART = "org.knowm.xchart..";
    private static final String JMH = "org.openjdk.jmh..";
    private static final String BYTEDECO = "org.bytedeco..";
    private static final String ND4J = "org.nd4j..";
    private static final String ONNX = "ai.onnxruntime";
    private static final String DEEP_JAVA_LIBRARY = "ai.djl..";

    /** Every package of ours: its module, and what it may use beside itself and what all may. */
    private static final List<Row> TABLE = List.of(
            row("ctc-api", API, SLF4J),
            row("cpu-reference", REFERENCE, API),
            row("cpu-vector", CPU, API, CPU_ALIGN, VECTOR, SLF4J),
            row("cpu-vector", CPU_ALIGN, API, VECTOR),
            row("ctc-formats", IO, API, JACKSON, SLF4J),
            row("ctc-decoding", DECODING, API),
            row("ctc-decoding", SCORERS, DECODING, IO),
            row("ctc-decoding", ERRORS),
            row("ctc-alignment", ALIGN, API),
            row("ctc-comparison", SHAPES, API),
            row("ctc-comparison", TIMING),
            row("ctc-comparison", COMPARE, API, REFERENCE, SHAPES, TIMING, MATH),
            row("ctc-comparison", MEASURE, API, REFERENCE, COMPARE, SHAPES, TIMING),
            row("ctc-comparison", REPORT, COMPARE, SHAPES, TIMING),
            row("ctc-djl", DJL, API, ALIGN, DECODING, ERRORS, IO, DEEP_JAVA_LIBRARY),
            row("ctc-djl", DJL_LIBTORCH, API, DEEP_JAVA_LIBRARY),
            row("tornado-emulator", TORNADO, ENGINE),
            row("tornado-emulator", EMULATOR, TORNADO),
            row("tornado-emulator", ENGINE, EMULATOR, TORNADO),
            row("tornado-kernels", PROFILE, API),
            row("tornado-kernels", KERNELS, API, PROFILE, TORNADO, SLF4J),
            row("emulator-backend", EMULATED, API, EMULATOR, KERNELS),
            row("ctc-spark", SPARK, API, IO, ALIGN, DECODING, APACHE_SPARK, HADOOP, SCALA),
            row("ctc-spark", CORPUS, API, IO, SPARK, APACHE_SPARK, HADOOP)
                    .and(PICOCLI, PROGRESS, JACKSON, JACKSON_DATABIND, LOG4J, SCALA),
            row("cli", EXPLAIN, API, REFERENCE, AWT, IMAGE_IO),
            row("cli", CLI, API, IO, SHAPES, TIMING, COMPARE, MEASURE, REPORT, KERNELS, PROFILE, EXPLAIN)
                    .and(DECODING, SCORERS, ERRORS, ALIGN)
                    .and(PICOCLI, PROGRESS, JACKSON, XCHART, AWT, SLF4J, LOGBACK),
            row("benchmarks", BENCHMARKS, API, REFERENCE, CPU, SHAPES, TIMING, COMPARE, MEASURE, JMH, BYTEDECO, ND4J)
                    .and(DECODING, XCHART, AWT),
            row("examples/ocr", EXAMPLE_OCR, API, REFERENCE, IO, ALIGN, DECODING, SCORERS, ERRORS, ONNX)
                    .and(AWT, IMAGE_IO),
            row("examples/train-ocr", EXAMPLE_TRAIN_OCR, API, DJL, DJL_LIBTORCH, DECODING, IO, TIMING)
                    .and(DEEP_JAVA_LIBRARY, PICOCLI, PROGRESS, XCHART, AWT, IMAGE_IO),
            row("examples/training", EXAMPLE_TRAINING, API, KERNELS, TORNADO));

    /** The base of the JDK, without its windows and pictures. */
    private static final List<String> FOR_ALL = List.of(
            "java.io..",
            "java.lang..",
            "java.math..",
            "java.net..",
            "java.nio..",
            "java.security..",
            "java.time..",
            "java.util..",
            "org.jspecify.annotations");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MavenModule.all().stream()
                    .filter(MavenModule::isCompiled)
                    .map(MavenModule::classes)
                    .toArray(Path[]::new));

    record Row(String module, String packages, List<String> mayUse) {
        Row and(String... more) {
            return new Row(module, packages, concat(mayUse, List.of(more)));
        }

        String[] allowed() {
            return concat(concat(FOR_ALL, mayUse), List.of(packages)).toArray(String[]::new);
        }

        @Override
        public String toString() {
            return packages;
        }
    }

    private static Row row(String module, String packages, String... mayUse) {
        return new Row(module, packages, List.of(mayUse));
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void aPackageUsesOnlyWhatItsRowNames(Row row) {
        classes()
                .that()
                .resideInAPackage(row.packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(row.allowed())
                // of a profile that is not used
                .allowEmptyShould(!new MavenModule(row.module).isCompiled())
                .check(CLASSES);
    }

    /** By the sources: what a profile compiles is in the table too. */
    @Test
    void everyPackageOfOursHasOneRowWhichNamesItsModule() {
        for (MavenModule module : MavenModule.all()) {
            for (String name : module.packages()) {
                assertThat(TABLE)
                        .filteredOn(row -> PackageMatcher.of(row.packages).matches(name))
                        .as("rows for %s", name)
                        .extracting(Row::module)
                        .containsExactly(module.name());
            }
        }
    }

    /**
     * But for those of TornadoVM's names, which refer to each other as they do in TornadoVM, and to the emulator behind
     * them.
     */
    @Test
    void thereAreNoCyclesOfPackages() {
        slices().assignedFrom(OUR_PACKAGES).should().beFreeOfCycles().check(CLASSES);
    }

    private static final SliceAssignment OUR_PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.startsWith(API) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of ours";
        }
    };

    // What the table says already, as rules that outlive a change of the table.

    /** Each can be had, and replaced, by itself. */
    @Test
    void implementationsDoNotKnowEachOther() {
        slices().matching(API + ".(reference|cpu|io|kernels)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(CLASSES);
    }

    /** Whatever else named TornadoVM could not be loaded where there is neither an SDK nor the emulator. */
    @Test
    void onlyKernelsAndEmulatorNameTornado() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TORNADO, EMULATOR, ENGINE, KERNELS, EXAMPLE_TRAINING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TORNADO)
                .check(CLASSES);
    }

    @Test
    void theEmulatorKnowsNothingOfCtc() {
        noClasses()
                .that()
                .resideInAnyPackage(TORNADO, EMULATOR, ENGINE)
                .should()
                .dependOnClassesThat(resideInAPackage(API + "..").and(not(resideInAPackage(EMULATOR + ".."))))
                .check(CLASSES);
    }

    /** What a GPU cannot run is not in reach of a kernel. */
    @Test
    void kernelsUseNoCollections() {
        noClasses()
                .that()
                .resideInAPackage(KERNELS)
                .and()
                .haveNameMatching(".*Kernels?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util..")
                .check(CLASSES);
    }

    /** TornadoVM 5.2.0 addresses a local array that was passed to a method as if it were one in global memory. */
    @Test
    void kernelsPassNoArrayToAMethod() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(KERNELS)
                .should(new ArchCondition<>("take no array of numbers") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean takesOne = method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isArray()
                                        && type.getComponentType().isPrimitive());
                        events.add(new SimpleConditionEvent(method, !takesOne, method.getFullName()));
                    }
                })
                .check(CLASSES);
    }

    /** A vector is an object wherever the compiler does not inline the method that takes or returns it. */
    @Test
    void methodsHandEachOtherNoVectors() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(CPU, CPU_ALIGN)
                .should(new ArchCondition<>("take and return no vectors") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean hasOne = Stream.concat(
                                        method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                                .anyMatch(type -> type.getName().matches("jdk\\.incubator\\.vector\\..*(Vector|Mask)"));
                        events.add(new SimpleConditionEvent(method, !hasOne, method.getFullName()));
                    }
                })
                .check(CLASSES);
    }
}
