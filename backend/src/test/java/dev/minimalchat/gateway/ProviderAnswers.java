package dev.minimalchat.gateway;

/// Parts of a provider's event streams, for [OpenApiContractIT].
final class ProviderAnswers {
  static final String EVENTS =
      """
      data: {"type":"response.created","response":{"id":"resp_p","model":"m-2026"}}

      data: {"type":"response.output_text.delta","delta":"Hi"}

      """;
  static final String COMPLETED =
      """
      data: {"type":"response.completed","response":{"status":"completed",\
      "usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}}

      """;
  static final String INCOMPLETE =
      """
      data: {"type":"response.incomplete","response":{"status":"incomplete",\
      "incomplete_details":{"reason":"max_output_tokens"}}}

      """;
  static final String REFUSAL =
      """
      data: {"type":"response.refusal.delta","delta":"No"}

      """;

  static final String WORK =
      """
      data: {"type":"response.reasoning_summary_text.delta","delta":"Hm"}

      data: {"type":"response.reasoning_text.delta","delta":"Hm"}

      data: {"type":"response.output_item.done","output_index":1,"item":{"type":"web_search_call","action":{"query":"q"}}}

      data: {"type":"response.output_item.done","output_index":2,"item":{"type":"web_search_call","action":{"url":"https://example.com/"}}}

      data: {"type":"response.file_search_call.searching","output_index":3}

      data: {"type":"response.output_text.annotation.added","annotation":{"type":"url_citation","url":"https://example.com/","title":"Title"}}

      data: {"type":"response.output_text.annotation.added","annotation":{"type":"file_citation","filename":"a.pdf"}}

      """;

  private ProviderAnswers() {}
}
