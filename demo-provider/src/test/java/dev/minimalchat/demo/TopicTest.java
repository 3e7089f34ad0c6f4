package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

  @ParameterizedTest
  @CsvSource({
    "Hello!, GREETING",
    "good morning, GREETING",
    "What is this?, INTRODUCTION",
    "help, INTRODUCTION",
    "What can you do?, INTRODUCTION",
    "Say hello in one short sentence., HELLO",
    "Show me what you can render, SHOWCASE",
    "some markdown please, SHOWCASE",
    "Show me a table, TABLE",
    "Compare tea and coffee in a table, TEA_AND_COFFEE",
    "Write a haiku about streams, HAIKU",
    "Tell me a long story, JOURNEY",
    "Write an essay about rivers, JOURNEY",
    "How does a message travel?, JOURNEY",
    "write code, JAVA",
    "Write a function that reverses a list, JAVA",
    "write a function in JavaScript, JAVASCRIPT",
    "Give me a Python script, PYTHON",
  })
  void matchesTheMessage(String message, Topic topic) {
    assertThat(Topic.of(request(message))).contains(topic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I am sad",
        "My code does not compile",
        "Nobody can help me",
        "I like Python",
        "Hello, my name is Ada",
        "What do you think of me?",
      })
  void matchesNoOtherMessage(String message) {
    assertThat(Topic.of(request(message))).isEmpty();
  }

  @Test
  void greetsOnlyInTheFirstMessage() {
    assertThat(
            Topic.of(
                new DemoRequest("demo", List.of("Hello", "Hello"), 0, false, false, List.of(), 0)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasAText(Topic topic) {
    assertThat(topic.text()).isNotBlank();
  }

  @Test
  void journeyIsLong() {
    assertThat(Topic.JOURNEY.text().split("\\s+", -1)).hasSizeBetween(700, 950);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENAI_API_KEY", "OPENAI_API_BASE", "/drill", "no language model"})
  void introductionNamesTheSettingsAndTheDrills(String part) {
    assertThat(Topic.INTRODUCTION.text()).contains(part);
  }

  private static DemoRequest request(String message) {
    return new DemoRequest("demo", List.of(message), 0, false, false, List.of(), 0);
  }
}
