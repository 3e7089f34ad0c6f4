package dev.minimalchat.gateway.upstream.demo;

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
    "Tell me a long story, ELIZA",
    "Write an essay about rivers, ELIZA",
    "How does a message travel?, JOURNEY",
    "write code, JAVA",
    "Write a function that reverses a list, JAVA",
    "write a function in JavaScript, JAVASCRIPT",
    "Give me a Python script, PYTHON",
  })
  void isRecognisedInAMessage(String message, Topic topic) {
    assertThat(Topic.of(asking(message))).contains(topic);
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
  void isNoneWhereSomebodyJustTalks(String message) {
    assertThat(Topic.of(asking(message))).isEmpty();
  }

  @Test
  void greetsOnlyOnce() {
    assertThat(Topic.of(new Question("demo", List.of("Hello", "Hello"), 0))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasAText(Topic topic) {
    assertThat(topic.text()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(names = {"ELIZA", "JOURNEY"})
  void isLongWhereLengthWasAskedFor(Topic topic) {
    assertThat(topic.text().split("\\s+", -1)).hasSizeBetween(700, 950);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENAI_API_KEY", "OPENAI_API_BASE", "/drill", "no language model"})
  void introductionSaysWhatItIsAndHowToGoOn(String what) {
    assertThat(Topic.INTRODUCTION.text()).contains(what);
  }

  private static Question asking(String message) {
    return new Question("demo", List.of(message), 0);
  }
}
