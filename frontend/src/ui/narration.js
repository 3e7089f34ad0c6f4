import { branch } from '../conversation/branch.js';
import { strings } from '../strings/strings.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Message } from '../conversation/message.js' */

const patience = 8000; // milliseconds between two words that it still goes on

/**
 * Tells how an answer comes along: when it begins, now and then that it goes on, and once, when it
 * is there, what the reader wants to hear of it. Errors speak for themselves where they are shown.
 * @param {{ say: (words: string) => void, read: (answer: string) => void }} announcer
 * @param {(markdown: string) => string} plain
 * @param {() => string} wanted  the whole answer, its `first` sentence, or only that it is `complete`
 */
export function narration({ say, read }, plain, wanted) {
  /** @type {Message | undefined} */
  let before;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let waiting;
  return { update };

  /** @param {Conversation | undefined} conversation */
  function update(conversation) {
    const now = conversation ? branch(conversation).at(-1) : undefined;
    if (now === before) return;
    const same = now?.id === before?.id;
    if (now?.status === 'streaming') progress(now, same ? before : undefined);
    else clearInterval(waiting);
    if (same && now && before?.status === 'streaming') ending(now);
    before = now;
  }

  /**
   * @param {Message} now
   * @param {Message | undefined} before
   */
  function progress(now, before) {
    if (!before) say(strings.spoken.sent);
    if (before?.text || !now.text) return;
    say(strings.spoken.answering);
    clearInterval(waiting);
    waiting = setInterval(() => say(strings.spoken.stillAnswering), patience);
  }

  /** @param {Message} answer */
  function ending({ status, text }) {
    if (status === 'stopped') say(strings.spoken.stopped);
    if (status !== 'complete') return;
    const words = plain(text);
    say(strings.spoken.complete(words.split(/\s+/).filter(Boolean).length));
    if (wanted() !== 'complete') read(wanted() === 'first' ? firstSentence(words) : words);
  }
}

/** @param {string} words */
function firstSentence(words) {
  return /^.*?(?:[.!?…](?=\s)|[。！？]|$)/m.exec(words.trim())?.[0] ?? words;
}
