package dev.minimalchat.gateway.usage;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Token counts of the latest day and of the day before it. More than one day counts only after the
/// computer's clock was set back. Not thread-safe.
final class DayCounts {
  private final NavigableMap<LocalDate, Long> days = new TreeMap<>();

  /// Makes room for today. A day that is more than one day ahead came from a wrong clock; its
  /// tokens move to the latest day that did not.
  void startDay(LocalDate today) {
    NavigableMap<LocalDate, Long> ahead = days.tailMap(today.plusDays(1), false);
    long misdated = sum(ahead);
    ahead.clear();
    days.putIfAbsent(today, 0L);
    add(misdated);
    while (days.size() > 2) {
      days.pollFirstEntry();
    }
  }

  /// New tokens count for the latest day that the clock has shown.
  void add(long tokens) {
    days.merge(days.lastKey(), tokens, DayCounts::saturatedSum);
  }

  /// Sets the count of a day, unless it is higher already.
  void raise(LocalDate day, long tokens) {
    days.merge(day, tokens, Math::max);
  }

  LocalDate latestDay() {
    return days.lastKey();
  }

  /// The tokens of today and of later days, so that no change of the clock, back or forth, forgets
  /// a token.
  long since(LocalDate today) {
    return sum(days.tailMap(today, true));
  }

  Map<LocalDate, Long> copy() {
    return Map.copyOf(days);
  }

  private static long sum(NavigableMap<LocalDate, Long> days) {
    return days.values().stream().reduce(0L, DayCounts::saturatedSum);
  }

  /// The sum of two counts that are not negative.
  static long saturatedSum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
