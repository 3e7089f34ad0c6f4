package dev.minimalchat.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;

/// The arrows of the layout: a folder is a feature, and may use those that are named here.
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "dev.minimalchat.gateway";

  private static final List<String> FEATURES =
      List.of("chat", "upstream", "access", "limits", "usage", "errors", "page", "health");

  @ArchTest
  void featuresUseOnlyThoseTheyMay(JavaClasses gateway) {
    LayeredArchitecture arrows =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("application")
            .definedBy(ROOT)
            .layer("openai")
            .definedBy(ROOT + ".upstream.openai");
    for (String feature : FEATURES) {
      arrows = arrows.layer(feature).definedBy(ROOT + "." + feature);
    }
    arrows
        .ensureAllClassesAreContainedInArchitecture()
        .whereLayer("application")
        .mayNotAccessAnyLayer()
        .whereLayer("chat")
        .mayOnlyAccessLayers("upstream", "limits", "usage", "errors")
        .whereLayer("openai")
        .mayOnlyAccessLayers("upstream", "errors")
        .whereLayer("upstream")
        .mayOnlyAccessLayers("errors")
        .whereLayer("access")
        .mayOnlyAccessLayers("errors")
        .whereLayer("limits")
        .mayOnlyAccessLayers("errors")
        .whereLayer("usage")
        .mayOnlyAccessLayers("upstream", "errors")
        .whereLayer("page")
        .mayOnlyAccessLayers("access", "upstream")
        .whereLayer("health")
        .mayOnlyAccessLayers("limits", "upstream")
        .whereLayer("errors")
        .mayNotAccessAnyLayer()
        .check(gateway);
  }

  @ArchTest
  void featuresMakeNoCircle(JavaClasses gateway) {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(gateway);
  }

  @ArchTest
  void onlyTheWireKnowsTheHttpClient(JavaClasses gateway) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".upstream.openai")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "java.net.http..")
        .check(gateway);
  }

  @ArchTest
  void theProviderKnowsNothingOfTheWeb(JavaClasses gateway) {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".upstream", ROOT + ".upstream.openai")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
        .check(gateway);
  }

  @ArchTest
  void onlyItsConfigurationDependsOnTheDemoProvider(JavaClasses gateway) {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".upstream.DemoProviderConfiguration")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.minimalchat.demo..")
        .check(gateway);
  }

  @ArchTest
  void collaboratorsComeThroughTheConstructor(JavaClasses gateway) {
    fields().should().notBeAnnotatedWith(Autowired.class).check(gateway);
  }

  @ArchTest
  void everyPackageIsNullMarked(JavaClasses gateway) {
    assertThat(gateway.getPackage(ROOT).getSubpackagesInTree())
        .isNotEmpty()
        .allMatch(it -> it.isAnnotatedWith(NullMarked.class));
    assertThat(gateway.getPackage(ROOT)).matches(it -> it.isAnnotatedWith(NullMarked.class));
  }
}
