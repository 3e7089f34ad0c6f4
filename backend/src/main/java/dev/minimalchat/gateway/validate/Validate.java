package dev.minimalchat.gateway.validate;

import dev.minimalchat.gateway.validate.Check.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `java -jar gateway.jar validate …`: looks at a deployed gateway and its page from outside, and
/// says what holds and what does not.
public final class Validate {
  public static final String COMMAND = "validate";

  private static final int WRONG_USE = 2;

  private final PrintStream out;
  private final PrintStream progress;
  private final Clock clock;

  public Validate(PrintStream out, PrintStream progress, Clock clock) {
    this.out = out;
    this.progress = progress;
    this.clock = clock;
  }

  /// Returns the exit code: 0 if everything holds, 1 if something does not, 2 for wrong use.
  public int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(Options.USAGE);
      return 0;
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      progress.println(e.getMessage());
      progress.println();
      progress.print(Options.USAGE);
      return WRONG_USE;
    }
    try {
      return look(options) ? 0 : 1;
    } catch (IOException e) {
      progress.println("cannot write what was seen: " + e);
      return WRONG_USE;
    }
  }

  private boolean look(Options options) throws IOException {
    Pair pair = new Pair(options.gateway(), options.page(), progress);
    PageChecks page = new PageChecks(pair, options.token());
    String token = options.token();
    AnswerChecks answers =
        new AnswerChecks(pair, () -> token == null ? page.pagesToken() : token, options.previous());
    List<Result> results =
        Stream.of(
                new TlsChecks(pair, clock).all(),
                new GatewayChecks(pair, options.preview()).all(),
                page.all(),
                answers.all())
            .flatMap(List::stream)
            .map(this::run)
            .toList();
    Report report = new Report(pair, clock.instant(), new ArrayList<>(results));
    out.println(options.json() ? report.json() : report.table());
    write(options.evidence(), report.markdown());
    write(options.csv(), Report.csv(answers.answers()));
    return report.good();
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
}
