package dev.minimalchat.gateway.resume;

import java.util.Optional;

/// The answers of all instances of the gateway. Nothing here throws: where the other instances
/// cannot be reached, an answer is not shared.
public interface SharedAnswers {
  /// Of an instance that shares nothing.
  SharedAnswers NONE =
      new SharedAnswers() {
        @Override
        public Ownership claim(ResumeKey key, String bodyHash) {
          return Ownership.OWN;
        }

        @Override
        public void publish(ResumeKey key, String bodyHash, StoredAnswer answer) {}

        @Override
        public void release(ResumeKey key) {}

        @Override
        public Optional<AnswerSource> find(ResumeKey key) {
          return Optional.empty();
        }

        @Override
        public void cancel(ResumeKey key) {}
      };

  /// Reserves a key for an answer of this instance.
  ///
  /// @param bodyHash of the request
  Ownership claim(ResumeKey key, String bodyHash);

  /// Lets the other instances read an answer of this instance until its time to live is over.
  ///
  /// @param bodyHash of the request
  void publish(ResumeKey key, String bodyHash, StoredAnswer answer);

  /// Frees a key whose answer was rejected.
  void release(ResumeKey key);

  /// An answer of another instance.
  Optional<AnswerSource> find(ResumeKey key);

  /// Ends an answer of another instance, also one whose request is still on its way.
  void cancel(ResumeKey key);

  /// Whose a key is.
  enum Ownership {
    /// Of this instance, which has to start the answer.
    OWN,
    /// Of the same request, at another instance.
    OF_THE_SAME_REQUEST,
    /// Of another request, or of one that was cancelled.
    OF_ANOTHER_REQUEST,
    /// Not known.
    UNKNOWN
  }
}
