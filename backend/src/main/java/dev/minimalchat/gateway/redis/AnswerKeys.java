package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.resume.ResumeKey;
import java.util.List;

/// The keys of one answer. All are in one slot of a cluster.
///
/// @param claim the hash of the request's body; until the answer is no longer kept
/// @param owner the instance that gives the answer; while it lives
/// @param events a stream of encrypted events
/// @param reader which reader of another instance there is
/// @param stop exists if the user has ended the answer
record AnswerKeys(String claim, String owner, String events, String reader, String stop) {

  static AnswerKeys of(ResumeKey key) {
    String prefix = RedisKeys.PREFIX + "answer:{" + key.hash() + "}:";
    return new AnswerKeys(
        prefix + "claim", prefix + "owner", prefix + "events", prefix + "reader", prefix + "stop");
  }

  /// For the scripts of [RedisAnswers].
  List<String> all() {
    return List.of(claim, owner, events, reader, stop);
  }
}
