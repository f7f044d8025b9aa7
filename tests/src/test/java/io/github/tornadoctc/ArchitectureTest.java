package io.github.tornadoctc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Data flows one way: file or arrays, batch, backend, result, report. Nothing points back. */
class ArchitectureTest {
    private static final String OURS = "io.github.tornadoctc..";
    private static final String CONTRACT = "io.github.tornadoctc";
    private static final String REFERENCE = "io.github.tornadoctc.reference..";
    private static final String KERNELS = "io.github.tornadoctc.kernels..";
    private static final String EMULATOR = "io.github.tornadoctc.emulator..";
    private static final String CLI = "io.github.tornadoctc.cli..";
    private static final String TORNADO = "uk.ac.manchester.tornado..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.tornadoctc", "uk.ac.manchester.tornado");

    @Test
    void theClassesToBeCheckedAreThere() {
        assertThat(CLASSES.contain(CtcBatch.class)).isTrue();
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void theContractKnowsNoImplementation() {
        classes()
                .that()
                .resideInAPackage(CONTRACT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CONTRACT, "java..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theReferenceKnowsOnlyTheContract() {
        classes()
                .that()
                .resideInAPackage(REFERENCE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CONTRACT, REFERENCE, "java..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void cpuReferenceDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages(KERNELS, EMULATOR, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KERNELS, EMULATOR, CLI)
                .check(CLASSES);
    }

    @Test
    void theEmulatorKnowsNothingOfCtc() {
        noClasses()
                .that()
                .resideInAnyPackage(EMULATOR, TORNADO)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONTRACT, REFERENCE, KERNELS, CLI)
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

    @Test
    void onlyKernelsAndEmulatorNameTornado() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages(KERNELS, EMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TORNADO)
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
}
