package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.validate.Check.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `java -jar validate.jar`: checks a deployed gateway and its page from outside and reports each
/// check. It writes the report to standard output and the progress to standard error.
@Command(
    name = "java -jar validate.jar",
    description = {"Checks a deployed gateway and its page from outside.", ""},
    footer = {
      "",
      "Asks the model about a dozen short questions. Exit status: 0 if every check passed, 1 if one"
          + " failed, 2 if the options are invalid or a file cannot be written.",
      "With --capabilities alone it asks the provider of the environment for its features instead."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = ValidateCommand.ManifestVersion.class)
final class ValidateCommand implements Callable<Integer> {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PrintStream out;
  private final PrintStream progress;
  private final Clock clock;
  private final Duration limit;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      required = true,
      converter = BaseUrl.class,
      description = "URL of the gateway, such as https://api.example.com")
  private URI gateway;

  @Option(
      names = "--page",
      paramLabel = "URL",
      required = true,
      converter = BaseUrl.class,
      description = "URL of the page, such as https://www.example.com")
  private URI page;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = Secret.class,
      description = "the client token; default: the token in the page's config.json")
  private @Nullable String token;

  @Option(
      names = "--previous-token",
      paramLabel = "TOKEN",
      converter = Secret.class,
      description = "the previous client token, during a rotation")
  private @Nullable String previousToken;

  @Option(
      names = "--preview",
      paramLabel = "ORIGIN",
      converter = BaseUrl.class,
      description = "the origin of a preview, which the gateway should allow")
  private @Nullable URI preview;

  @Option(
      names = "--access-code",
      paramLabel = "CODE",
      converter = Secret.class,
      description = "an access code, for a gateway that asks for one")
  private @Nullable String accessCode;

  @Option(names = "--json", description = "prints JSON instead of a table")
  private boolean json;

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "writes the report to this file as Markdown")
  private @Nullable Path evidence;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "writes the times of the ten prompts to this file as CSV")
  private @Nullable Path csv;

  /// @param limit of the wait for a response, and for each line of a stream
  @SuppressWarnings("NullAway.Init") // picocli sets the required options before call()
  ValidateCommand(PrintStream out, PrintStream progress, Clock clock, Duration limit) {
    this.out = out;
    this.progress = progress;
    this.clock = clock;
    this.limit = limit;
  }

  public static void main(String[] arguments) {
    EnvironmentProxies.allowCredentials();
    PrintStream out = utf8(System.out);
    PrintStream progress = utf8(System.err);
    System.exit(
        List.of(arguments).contains(CapabilitiesCommand.OPTION)
            ? new CapabilitiesCommand(out, progress, System.getenv()).execute(arguments)
            : new ValidateCommand(out, progress, Clock.systemUTC(), LIMIT).execute(arguments));
  }

  /// Parses the arguments, runs the checks and returns the exit status.
  int execute(String... arguments) {
    return new CommandLine(this)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(progress, true, UTF_8))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    try {
      return run() ? PASSED : FAILED;
    } catch (IOException e) {
      progress.println("cannot write the report: " + e);
      return CommandLine.ExitCode.USAGE;
    }
  }

  private boolean run() throws IOException {
    Deployment deployment = new Deployment(gateway, page, progress, limit);
    PageChecks pageChecks = new PageChecks(deployment, token);
    AnswerChecks answerChecks =
        new AnswerChecks(deployment, () -> bearer(pageChecks), previousToken);
    String previewOrigin = preview == null ? null : Deployment.origin(preview);
    List<Result> results =
        Stream.of(
                new TlsChecks(deployment, clock).all(),
                new GatewayChecks(deployment, previewOrigin).all(),
                pageChecks.all(),
                answerChecks.all())
            .flatMap(List::stream)
            .map(this::run)
            .toList();
    Report report = new Report(deployment, clock.instant(), results);
    out.println(json ? report.json() : report.table());
    write(evidence, report.markdown());
    write(csv, Report.csv(answerChecks.answers()));
    return report.passed();
  }

  private String bearer(PageChecks page) throws Exception {
    if (accessCode != null) {
      return accessCode;
    }
    return token == null ? page.configuredToken() : token;
  }

  private Result run(Check check) {
    progress.println("… " + check.name());
    Result result = check.run();
    progress.println("  " + Report.word(result.outcome()) + ": " + result.detail());
    return result;
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, UTF_8);
  }

  /// A scheme, a host and a port, without a path.
  static final class BaseUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      if (!value.matches("https?://[^/?#@]+/?")) {
        throw new TypeConversionException("not an address such as https://example.com");
      }
      URI url = parse(value.replaceAll("/$", ""));
      if (url == null || url.getHost() == null) {
        throw new TypeConversionException("not an address such as https://example.com");
      }
      return url;
    }

    private static @Nullable URI parse(String value) {
      try {
        return new URI(value);
      } catch (URISyntaxException e) {
        return null;
      }
    }
  }

  /// The version in the jar's manifest.
  static final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {String.valueOf(getClass().getPackage().getImplementationVersion())};
    }
  }
}
