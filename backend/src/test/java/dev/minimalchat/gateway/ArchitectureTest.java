package dev.minimalchat.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.minimalchat.gateway.json.CachedDeserializer;
import java.util.List;
import java.util.Map;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Conditional;

/// The dependencies between packages.
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "dev.minimalchat.gateway";

  /// Each package, and the packages that it may use.
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("chat", List.of("relay", "resume", "upstream", "limits", "errors", "json")),
          Map.entry("api", List.of("relay", "upstream", "limits", "errors", "json")),
          Map.entry(
              "relay", List.of("upstream", "limits", "usage", "errors", "timeouts", "tomcat")),
          Map.entry("upstream", List.of("errors", "json")),
          Map.entry("upstream.resilience", List.of("upstream", "errors", "timeouts")),
          Map.entry(
              "upstream.responses", List.of("upstream", "errors", "timeouts", "json", "memory")),
          Map.entry("resume", List.of("upstream", "memory", "errors")),
          Map.entry("access", List.of("errors", "limits", "upstream")),
          Map.entry("limits", List.of("errors", "timeouts", "memory")),
          Map.entry("json", List.of("errors")),
          Map.entry("memory", List.of("errors")),
          Map.entry("usage", List.of("upstream", "errors")),
          Map.entry(
              "redis", List.of("resume", "upstream", "limits", "usage", "errors", "timeouts")),
          Map.entry("page", List.of("access", "upstream")),
          Map.entry("health", List.of("limits", "upstream")),
          Map.entry("tomcat", List.of("errors", "memory")),
          Map.entry("errors", List.of()),
          Map.entry("timeouts", List.of()),
          Map.entry("application", List.of("access", "errors", "limits", "page", "usage")));

  @ArchTest
  void packagesUseOnlyAllowedPackages(JavaClasses gateway) {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..");
    for (String layer : ALLOWED.keySet()) {
      layers =
          layers.layer(layer).definedBy(layer.equals("application") ? ROOT : ROOT + "." + layer);
    }
    for (Map.Entry<String, List<String>> layer : ALLOWED.entrySet()) {
      var rule = layers.whereLayer(layer.getKey());
      layers =
          layer.getValue().isEmpty()
              ? rule.mayNotAccessAnyLayer()
              : rule.mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
    }
    layers.ensureAllClassesAreContainedInArchitecture().check(gateway);
  }

  @ArchTest
  void onlyTheTomcatPackageUsesTheContainer(JavaClasses gateway) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".tomcat")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.catalina..", "org.apache.coyote..")
                .and(not(type(NetMaskSet.class)))) // a CIDR parser
        .check(gateway);
  }

  @ArchTest
  void packagesHaveNoCycle(JavaClasses gateway) {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(gateway);
  }

  @ArchTest
  void onlyTheResponsesPackageUsesAnHttpClient(JavaClasses gateway) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".upstream.responses")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "java.net.http..")
        .check(gateway);
  }

  @ArchTest
  void onlyTheRedisPackageUsesItsClient(JavaClasses gateway) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".redis")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("redis.clients..", "io.github.bucket4j..")
        .check(gateway);
  }

  @ArchTest
  void deserializersAreCached(JavaClasses gateway) {
    classes()
        .that()
        .areAssignableTo(JsonDeserializer.class)
        .should()
        .beAssignableTo(CachedDeserializer.class)
        .check(gateway);
  }

  @ArchTest
  void upstreamDoesNotUseServletOrSpringWeb(JavaClasses gateway) {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".upstream", ROOT + ".upstream.responses")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
        .check(gateway);
  }

  @ArchTest
  void onlyItsConfigurationDependsOnTheDemoProvider(JavaClasses gateway) {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".upstream.UpstreamConfiguration")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.minimalchat.demo..")
        .check(gateway);
  }

  @ArchTest
  void dependenciesAreInjectedThroughConstructors(JavaClasses gateway) {
    fields().should().notBeAnnotatedWith(Autowired.class).check(gateway);
  }

  /// The image evaluates conditions when it is built, so a setting of the operator would not count
  /// (docs/decisions/0005).
  @ArchTest
  void noBeanDependsOnACondition(JavaClasses gateway) {
    noClasses().should().beMetaAnnotatedWith(Conditional.class).check(gateway);
    noMethods().should().beMetaAnnotatedWith(Conditional.class).check(gateway);
  }

  @ArchTest
  void everyPackageIsNullMarked(JavaClasses gateway) {
    assertThat(gateway.getPackage(ROOT).getSubpackagesInTree())
        .isNotEmpty()
        .allMatch(it -> it.isAnnotatedWith(NullMarked.class));
    assertThat(gateway.getPackage(ROOT)).matches(it -> it.isAnnotatedWith(NullMarked.class));
  }
}
