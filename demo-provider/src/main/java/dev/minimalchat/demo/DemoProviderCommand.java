package dev.minimalchat.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `java -jar demo-provider.jar`: runs the demo provider as a process of its own.
@Command(
    name = "java -jar demo-provider.jar",
    description = {
      "Starts a model provider without a model, on the loopback address.",
      "Prints its base URL, then answers until the process is stopped.",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = DemoProviderCommand.Version.class)
final class DemoProviderCommand implements Callable<Integer> {

  private static final int MAX_PORT = 65_535;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Spec
  private CommandSpec command;

  @Option(names = "--port", paramLabel = "PORT", description = "0, the default, is any free port")
  private int port;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the API key to accept; default: ${DEFAULT-VALUE}")
  private String key = "demo";

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "divides all delays; default: ${DEFAULT-VALUE}")
  private int speed = 1;

  @Option(
      names = "--drill",
      paramLabel = "NAME",
      description = "answers every request with this drill: ${COMPLETION-CANDIDATES}")
  private @Nullable Drill drill;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new DemoProviderCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    require(speed > 0, "--speed is not 1 or more");
    require(port >= 0 && port <= MAX_PORT, "--port is not a port");
    try (DemoProvider provider =
        new DemoProvider(port, key, Clock.systemUTC(), this::sleep, new AnswerSelector(drill))) {
      System.out.println(provider.baseUrl());
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private void require(boolean isValid, String problem) {
    if (!isValid) {
      throw new ParameterException(command.commandLine(), problem);
    }
  }

  private void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.dividedBy(speed));
  }

  /// The version in the jar's manifest.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {String.valueOf(getClass().getPackage().getImplementationVersion())};
    }
  }
}
