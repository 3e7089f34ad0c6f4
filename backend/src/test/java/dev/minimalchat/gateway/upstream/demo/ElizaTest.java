package dev.minimalchat.gateway.upstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElizaTest {
  private final Eliza eliza =
      new Eliza(
          Script.parse(
              """
              # a small script
              = i'm : I am
              ~ i : you
              ~ my : your
              ~ you : I
              ~ your : my
              ~ am : are
              ~ you are : I am
              ~ i am : you are
              @ 0 (none)
              ? *
              - Go on.
              - And then?
              @ 1 i
              ? * i am +
              - Why are you (2)?
              - How long have you been (2)?
              ? * i say +
              - You say (2)?
              @ 3 my
              ? * my +
              - Your (2)?
              + Earlier you said your (2).
              @ 9 sea ocean
              ? * the {} *
              - The (2)!
              ? deep {}
              - As deep as the (1).
              """));

  @Test
  void givesTheUsersWordsBackFromTheOtherSide() {
    assertThat(hears("I say you are your enemy")).isEqualTo("You say I am my enemy?");
    assertThat(hears("I am your friend")).isEqualTo("Why are you my friend?");
  }

  @Test
  void takesALastYouForAnObject() {
    assertThat(hears("I say people trust you")).isEqualTo("You say people trust me?");
  }

  @Test
  void keepsTheUsersCapitals() {
    assertThat(hears("I am in Paris")).isEqualTo("Why are you in Paris?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"I'm sad", "i’m sad.", "Well, I AM sad!", "I am   sad"})
  void hearsThroughSpelling(String message) {
    assertThat(hears(message)).isEqualTo("Why are you sad?");
  }

  @Test
  void letsTheKeyOfTheHighestRankDecideWhereverItStands() {
    assertThat(hears("I am at the sea")).isEqualTo("The sea!");
    assertThat(hears("I am sad. My boat sank. It was the ocean.")).isEqualTo("The ocean!");
  }

  @Test
  void triesTheNextKeyWhereNoPatternOfTheFirstFits() {
    assertThat(hears("my I am at sea")).isEqualTo("Your you are at sea?");
    assertThat(hears("sea my boat")).isEqualTo("Your boat?");
  }

  @Test
  void usesTheVariantsOfAReplyInTurn() {
    assertThat(hears("I am sad")).isEqualTo("Why are you sad?");
    assertThat(hears("I am sad", "I am sad")).isEqualTo("How long have you been sad?");
    assertThat(hears("I am sad", "I am sad", "I am sad")).isEqualTo("Why are you sad?");
  }

  @Test
  void comesBackOnceToWhatWasSaidEarlier() {
    assertThat(hears("My boat sank", "Hm", "Hm")).isEqualTo("Go on.");
    assertThat(hears("My boat sank", "Hm")).isEqualTo("Earlier you said your boat sank.");
  }

  @Test
  void asksToGoOnWhereItHasNothingToSay() {
    assertThat(hears("Hm")).isEqualTo("Go on.");
    assertThat(hears("Hm", "Hm")).isEqualTo("And then?");
  }

  @ParameterizedTest
  @CsvSource({
    "My mother never listens, Can you think of a particular example?",
    "I need a holiday, What would it mean to you if you got a holiday?",
    "Are you a human?, 'I am a program, and a small one. Would it matter to you if I were not?'",
    "Because it rains, Is that the real reason?",
    "I don't know what to do, What would help you to know?",
    "You don't like me, What makes you think that I do not like you?",
  })
  void speaksByTheScriptThatShips(String message, String reply) {
    assertThat(shipped().answer(List.of(message))).startsWith(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "?!", "日本語", "🙂", "$1 (2) \\", "you", "i", "my", "(none)", "'"})
  void isNeverAtALossForWords(String message) {
    assertThat(shipped().answer(List.of(message, message, message))).isNotBlank();
  }

  @Test
  void listensToAPastedBookNoLongerThanItMust() {
    assertThat(shipped().answer(List.of("my i am you ".repeat(100_000)))).isNotBlank();
  }

  @Test
  void theShippedScriptNamesOnlyGroupsThatThePatternHas() {
    Script script = Script.parse(Texts.read("eliza.txt"));

    assertThat(script.keys().values())
        .flatExtracting(Script.Key::rules)
        .allSatisfy(rule -> {
          assertThat(rule.replies()).isNotEmpty();
          assertThat(highestGroup(rule.replies())).isLessThanOrEqualTo(groups(rule));
          assertThat(highestGroup(rule.memories())).isLessThanOrEqualTo(groups(rule));
        });
  }

  private String hears(String... said) {
    return eliza.answer(List.of(said));
  }

  private static Eliza shipped() {
    return new Eliza(Script.parse(Texts.read("eliza.txt")));
  }

  private static int groups(Script.Rule rule) {
    return rule.pattern().matcher("").groupCount();
  }

  private static int highestGroup(List<String> replies) {
    return Pattern.compile("\\((\\d)\\)")
        .matcher(String.join("", replies))
        .results()
        .mapToInt(group -> Integer.parseInt(group.group(1)))
        .max()
        .orElse(0);
  }
}
