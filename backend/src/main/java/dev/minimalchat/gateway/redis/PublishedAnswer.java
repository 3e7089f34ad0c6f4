package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.AnswerSource.AnswerLostException;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.resume.StoredAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer of this instance, and how much of it Redis has. Used by one thread at a time.
final class PublishedAnswer {
  static final String NUMBER = "n";
  static final String REQUEST = "r";
  static final String EVENTS = "e";

  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(3);

  /// In one call; the rest follows with the next one.
  private static final int MAX_BATCHES = 8;

  final AnswerKeys keys;
  private final StoredAnswer answer;
  private final AnswerCipher cipher;

  /// The number of the last event that Redis has.
  private long after = -1;

  private boolean isEnd;
  private long renewed = System.nanoTime() - RENEWAL_INTERVAL.toNanos();
  private @Nullable RemoteReader reader;

  PublishedAnswer(ResumeKey key, StoredAnswer answer) {
    this.keys = AnswerKeys.of(key);
    this.answer = answer;
    this.cipher = new AnswerCipher(key);
  }

  /// The entries that Redis does not have yet.
  ///
  /// @throws AnswerLostException if the answer was too long for this instance's memory before Redis
  ///   had all of it
  List<Entry> next() throws AnswerLostException {
    List<Entry> entries = new ArrayList<>();
    long position = after;
    for (int i = 0; i < MAX_BATCHES; i++) {
      AnswerEvents events = answer.read(position);
      if (events.isEmpty()) {
        break;
      }
      entries.add(entry(events));
      position = events.last();
      if (events.isEnd()) {
        break;
      }
    }
    return entries;
  }

  /// Redis has these entries.
  ///
  /// @param isRenewed whether its keys were renewed with them
  /// @param isOwned whether Redis has the key of the owner; it can have lost it with all others
  void onWritten(List<Entry> entries, boolean isRenewed, boolean isOwned) {
    if (isRenewed) {
      renewed = System.nanoTime();
    } else if (!isOwned) {
      renewed = System.nanoTime() - RENEWAL_INTERVAL.toNanos();
    }
    if (!entries.isEmpty()) {
      after = entries.getLast().last();
      isEnd = entries.getLast().isEnd();
    }
  }

  /// Whether the keys must be renewed in this call.
  boolean isRenewalDue() {
    return System.nanoTime() - renewed >= RENEWAL_INTERVAL.toNanos();
  }

  /// Whether Redis has all of it.
  boolean isEnd() {
    return isEnd;
  }

  /// Follows what the other instances have written.
  ///
  /// @param readerId of a reader at another instance; null if there is none
  /// @param isStopped whether another instance has ended the answer
  /// @return whether a reader of this instance has replaced that reader
  boolean onState(@Nullable String readerId, boolean isStopped) {
    if (isStopped) {
      Thread.startVirtualThread(answer::cancel);
    }
    RemoteReader known = reader;
    if (known != null && known.isReplaced && known.id.equals(readerId)) {
      return true;
    }
    if (known != null && !known.id.equals(readerId)) {
      answer.detach(known);
      reader = null;
    }
    if (readerId != null && reader == null) {
      RemoteReader next = new RemoteReader(readerId);
      reader = answer.attach(next, after) ? next : null;
    }
    return false;
  }

  private Entry entry(AnswerEvents events) {
    byte[] encrypted = cipher.encrypt(events.first(), AnswerCodec.encode(events));
    return new Entry(
        Map.of(
            NUMBER, String.valueOf(events.first()),
            REQUEST, answer.response().requestId(),
            EVENTS, Base64.getEncoder().encodeToString(encrypted)),
        events.last(),
        events.isEnd());
  }

  /// Some events as Redis has them.
  ///
  /// @param last the number of the last event
  record Entry(Map<String, String> fields, long last, boolean isEnd) {}

  /// A reader at another instance, so that the answer does not count as unread.
  private static final class RemoteReader implements AnswerSource.Reader {
    private final String id;
    private volatile boolean isReplaced;

    RemoteReader(String id) {
      this.id = id;
    }

    @Override
    public void replaced() {
      isReplaced = true;
    }
  }
}
