package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
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

  /// A reader at another instance without news for this long has given up.
  private static final Duration MAX_SILENCE = RedisAnswer.READER_TTL;

  /// In one call; the rest follows with the next one.
  private static final int MAX_BATCHES = 8;

  final AnswerKeys keys;

  /// The claim of its keys.
  final String bodyHash;

  private final StoredAnswer answer;
  private final AnswerCipher cipher;

  /// The number of the last event that Redis has.
  private long after = -1;

  /// Whether no event follows in Redis. An answer whose text was dropped runs on without it.
  private boolean isEndWritten;

  private boolean isLost;
  private long lastReply = System.nanoTime();
  private long renewed = System.nanoTime() - RENEWAL_INTERVAL.toNanos();
  private @Nullable RemoteReader reader;

  PublishedAnswer(ResumeKey key, String bodyHash, StoredAnswer answer) {
    this.keys = AnswerKeys.of(key);
    this.bodyHash = bodyHash;
    this.answer = answer;
    this.cipher = new AnswerCipher(key);
  }

  /// The entries that Redis does not have yet; none before the HTTP status is decided, because the
  /// same request at another instance takes the first one for a 200. Where the answer was too long
  /// for this instance's memory before Redis had all of it, a failure is the last one.
  List<Entry> next() {
    List<Entry> entries = new ArrayList<>();
    if (isEndWritten || !answer.isShareable()) {
      return entries;
    }
    long position = after;
    try {
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
    } catch (AnswerLostException e) {
      isLost = true;
      detachReader();
      Failure lost = new Failure(ErrorCode.OVERLOADED, "no memory for the events of an answer");
      entries.add(entry(new AnswerEvents(position + 1, List.of(), lost, true)));
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
      isEndWritten = entries.getLast().isEnd();
    }
    lastReply = System.nanoTime();
  }

  /// Another instance has begun the answer again, because Redis had lost its data.
  void onOtherOwner() {
    detachReader();
  }

  /// Redis has not replied.
  void onNoReply() {
    if (System.nanoTime() - lastReply > MAX_SILENCE.toNanos()) {
      detachReader();
    }
  }

  /// Whether the keys must be renewed in this call.
  boolean isRenewalDue() {
    return System.nanoTime() - renewed >= RENEWAL_INTERVAL.toNanos();
  }

  /// Whether the answer has ended, and Redis has all of it together with these entries.
  boolean isEndWith(List<Entry> entries) {
    boolean isLast = entries.isEmpty() ? isEndWritten : entries.getLast().isEnd();
    return isLast && answer.end() >= 0;
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
    if (isLost) {
      return false;
    }
    RemoteReader known = reader;
    if (known != null && known.isReplaced && known.id.equals(readerId)) {
      return true;
    }
    if (known != null && !known.id.equals(readerId)) {
      detachReader();
    }
    if (readerId != null && reader == null) {
      RemoteReader next = new RemoteReader(readerId);
      reader = answer.attach(next, after) ? next : null;
    }
    return false;
  }

  /// Its grace time begins, unless a reader of this instance has replaced it.
  private void detachReader() {
    if (reader != null) {
      answer.detach(reader);
      reader = null;
    }
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
