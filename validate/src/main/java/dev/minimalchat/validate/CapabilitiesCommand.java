package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.validate.Check.Outcome;
import dev.minimalchat.validate.Check.Result;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `java -jar validate.jar --capabilities`: asks the provider of the environment what it can, and
/// prints the settings that fit.
@Command(
    name = "java -jar validate.jar --capabilities",
    description = {
      "Asks the provider of OPENAI_API_KEY, OPENAI_API_BASE and MODEL_ID one small question for each"
          + " feature, and prints the settings that fit, one a line.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 if the provider answers with text, 1 if not, 2 without a key"
          + " or with a malformed variable."
    },
    mixinStandardHelpOptions = true,
    versionProvider = ValidateCommand.ManifestVersion.class)
final class CapabilitiesCommand implements Callable<Integer> {
  static final String OPTION = "--capabilities";
  private static final int PASSED = 0;
  private static final int FAILED = 1;

  private final PrintStream out;
  private final PrintStream progress;
  private final Map<String, String> environment;

  @SuppressWarnings("UnusedVariable") // Its presence selects this command.
  @Option(names = OPTION, required = true, description = "asks the provider, not a deployment")
  private boolean capabilities;

  CapabilitiesCommand(PrintStream out, PrintStream progress, Map<String, String> environment) {
    this.out = out;
    this.progress = progress;
    this.environment = environment;
  }

  int execute(String... arguments) {
    return new CommandLine(this)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(progress, true, UTF_8))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    String key = environment.getOrDefault("OPENAI_API_KEY", "");
    if (key.isBlank() || key.equals("demo")) {
      progress.println("OPENAI_API_KEY is missing, or is the demo's: there is no provider to ask");
      return CommandLine.ExitCode.USAGE;
    }
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    URI base = address(base());
    List<String> problems = problems(key, base, proxies);
    if (base == null || !problems.isEmpty()) {
      problems.forEach(progress::println);
      return CommandLine.ExitCode.USAGE;
    }
    Capabilities provider = new Capabilities(base, key, model(), proxies);
    boolean answers = report(provider.text());
    if (answers) {
      provider.features().forEach(this::report);
    }
    return answers ? PASSED : FAILED;
  }

  /// One line each, without a value.
  private static List<String> problems(String key, @Nullable URI base, EnvironmentProxies proxies) {
    List<String> problems = new ArrayList<>(proxies.problems());
    String problem = Secret.problem(key);
    if (problem != null) {
      problems.add("OPENAI_API_KEY " + problem);
    }
    if (base == null) {
      problems.add("OPENAI_API_BASE is not an address, such as https://api.example.com/v1");
    } else if (base.getHost() == null) {
      problems.add(
          "OPENAI_API_BASE has a host that only the gateway can reach, such as one with “_”:"
              + " use another name of it");
    }
    return problems;
  }

  /// Null if it is no address of a provider.
  private static @Nullable URI address(String base) {
    try {
      URI address = new URI(base);
      boolean isHttp = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return isHttp && address.getRawAuthority() != null && address.getRawUserInfo() == null
          ? address
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// Prints the setting or, as a comment, why there is none.
  private boolean report(Check check) {
    progress.println("… " + check.name());
    Result result = check.run();
    boolean isPassed = result.outcome() == Outcome.PASSED;
    out.println(isPassed ? result.detail() : "# " + check.name() + ": " + result.detail());
    return isPassed;
  }

  private String base() {
    String base = environment.getOrDefault("OPENAI_API_BASE", "");
    return base.isBlank() ? "https://api.openai.com/v1" : base;
  }

  /// As the gateway reads it: the first of `MODELS`, or `MODEL_ID`.
  private String model() {
    String first = environment.getOrDefault("MODELS", "").split("[,=]", 2)[0].strip();
    String only = environment.getOrDefault("MODEL_ID", "");
    String single = only.isBlank() ? "gpt-4.1-mini" : only;
    return first.isEmpty() ? single : first;
  }
}
