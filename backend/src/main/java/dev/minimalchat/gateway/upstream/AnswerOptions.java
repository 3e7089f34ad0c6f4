package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request chooses beyond the conversation. The operator's settings apply where it chooses
/// nothing, and limit what costs money.
///
/// @param model one of [Models]; null for the default
/// @param maxOutputTokens at most the operator's
/// @param format the format of the text; null for plain text
/// @param encryptedReasoning whether the provider should return its reasoning, encrypted
/// @param stop texts before which the answer ends; mostly none
/// @param page what only the page asks for
public record AnswerOptions(
    @Nullable String model,
    @Nullable Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    Tools tools,
    @Nullable TextFormat format,
    boolean encryptedReasoning,
    List<String> stop,
    PageOptions page) {
  public static final AnswerOptions NONE =
      new AnswerOptions(null, null, null, null, Tools.NONE, null, false);

  public AnswerOptions {
    stop = List.copyOf(stop);
  }

  /// The options of a program.
  public AnswerOptions(
      @Nullable String model,
      @Nullable Integer maxOutputTokens,
      @Nullable Double temperature,
      @Nullable Double topP,
      Tools tools,
      @Nullable TextFormat format,
      boolean encryptedReasoning) {
    this(
        model,
        maxOutputTokens,
        temperature,
        topP,
        tools,
        format,
        encryptedReasoning,
        List.of(),
        PageOptions.NONE);
  }

  /// The options of the page.
  public static AnswerOptions ofPage(String model, PageOptions page) {
    return new AnswerOptions(model, null, null, null, Tools.NONE, null, false, List.of(), page);
  }

  /// The same options for another model.
  ///
  /// @param model null for the provider's
  public AnswerOptions withModel(@Nullable String model) {
    return new AnswerOptions(
        model, maxOutputTokens, temperature, topP, tools, format, encryptedReasoning, stop, page);
  }

  /// The same options with stop sequences.
  ///
  /// @param stop none of them empty
  public AnswerOptions withStop(List<String> stop) {
    return new AnswerOptions(
        model, maxOutputTokens, temperature, topP, tools, format, encryptedReasoning, stop, page);
  }

  /// The length of what is sent to the model, in UTF-16 code units.
  public long characters() {
    long schema = format == null ? 0 : length(format.description()) + length(format.schema());
    return schema + tools.functions().stream().mapToLong(FunctionTool::characters).sum();
  }

  /// What applies to the answer, within the operator's limits. A copy that does not keep the
  /// request's body in memory.
  public AnswerOptions effective(UpstreamProperties properties) {
    return new AnswerOptions(
        model,
        properties.maxOutputTokens(maxOutputTokens),
        properties.temperature(temperature),
        topP,
        tools.detached(),
        format == null ? null : format.detached(),
        encryptedReasoning,
        stop,
        page);
  }

  /// What only the page asks for and shows.
  ///
  /// @param tools that the provider may use
  /// @param reasoning whether summaries of the reasoning are relayed
  /// @param reasoningText whether reasoning in clear is relayed
  /// @param sources whether searches and sources are relayed
  public record PageOptions(
      List<HostedTool> tools, boolean reasoning, boolean reasoningText, boolean sources) {
    static final PageOptions NONE = new PageOptions(List.of(), false, false, false);

    public PageOptions {
      tools = List.copyOf(tools);
    }
  }

  /// Functions of the client that the model may call.
  ///
  /// @param parallel whether it may call several at once; null for the provider's default
  public record Tools(
      List<FunctionTool> functions, @Nullable ToolChoice choice, @Nullable Boolean parallel) {
    public static final Tools NONE = new Tools(List.of(), null, null);

    public Tools {
      functions = List.copyOf(functions);
    }

    private Tools detached() {
      return new Tools(functions.stream().map(FunctionTool::detached).toList(), choice, parallel);
    }
  }

  /// A function of the client.
  ///
  /// @param parameters a JSON schema
  /// @param strict whether the arguments must match the schema; null for the provider's default
  public record FunctionTool(
      String name,
      @Nullable JsonText description,
      @Nullable RawJson parameters,
      @Nullable Boolean strict) {
    private long characters() {
      return name.length() + length(description) + length(parameters);
    }

    private FunctionTool detached() {
      return new FunctionTool(
          name, AnswerOptions.detached(description), AnswerOptions.detached(parameters), strict);
    }
  }

  /// Whether the model must call a function.
  ///
  /// @param mode `auto`, `none` or `required`; null if a function is named
  /// @param function the name of the function to call
  public record ToolChoice(@Nullable String mode, @Nullable String function) {}

  /// JSON as the format of the text.
  ///
  /// @param type `json_object` or `json_schema`; only the latter has the other fields
  public record TextFormat(
      String type,
      @Nullable String name,
      @Nullable JsonText description,
      @Nullable RawJson schema,
      @Nullable Boolean strict) {
    private TextFormat detached() {
      return new TextFormat(
          type, name, AnswerOptions.detached(description), AnswerOptions.detached(schema), strict);
    }
  }

  private static @Nullable JsonText detached(@Nullable JsonText text) {
    return text == null ? null : text.detached();
  }

  private static @Nullable RawJson detached(@Nullable RawJson json) {
    return json == null ? null : json.detached();
  }

  private static long length(@Nullable JsonText text) {
    return text == null ? 0 : text.length();
  }

  private static long length(@Nullable RawJson json) {
    return json == null ? 0 : json.length();
  }
}
