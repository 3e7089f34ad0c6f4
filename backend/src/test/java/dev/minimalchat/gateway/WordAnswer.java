package dev.minimalchat.gateway;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;

/// An answer of six words, one of which is half of a character.
final class WordAnswer {
  /// As JSON strings.
  static final List<String> WORDS = List.of("One ", "two, ", "drei ", "\\ud83d", "\\ude00 ", "漢字");

  static final String TEXT = "One two, drei \ud83d\ude00 漢字";

  static final String QUESTION = SocketClient.body("Hello");

  /// response.created, the words, response.completed.
  static final int EVENTS = WORDS.size() + 2;

  private WordAnswer() {}

  static void send(Call call) {
    call.openStream();
    sendRest(call, 0);
  }

  /// Sends the words from this one on.
  static void sendRest(Call call, int from) {
    WORDS.subList(from, WORDS.size()).forEach(call::delta);
    call.complete();
  }

  /// Sends one word, until the client has it.
  static void sendFirst(Call call, String word, EventReader client) throws Exception {
    call.openStream();
    call.delta(word);
    client.next(2);
  }
}
