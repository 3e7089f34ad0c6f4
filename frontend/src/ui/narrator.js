import { branch } from '../conversation/branch.js';
import { isWaiting } from '../conversation/conversation.js';
import { strings } from '../strings/strings.js';

/** @import { Conversation, Message } from '../conversation/conversation.js' */

const REMINDER_INTERVAL_MS = 8000;

/**
 * Announces the progress of an answer to screen readers: its start, a reminder at intervals, its
 * end, and then its text as the setting has it. Errors are not announced: their element is an alert.
 * @param {{ say: (text: string) => void, read: (answer: string) => void }} announcer
 * @param {(markdown: string) => Promise<string>} plainText
 * @param {() => string} setting  `full`, `first` for the first sentence, `complete` for no text
 */
export function narrator({ say, read }, plainText, setting) {
  /** @type {Message | undefined} */
  let previous;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  return { update };

  /** @param {Conversation | undefined} conversation */
  function update(conversation) {
    const last = conversation ? branch(conversation).at(-1) : undefined;
    if (last === previous) return;
    const same = last?.id === previous?.id;
    if (last?.status === 'streaming') announceProgress(last, same ? previous : undefined);
    else clearInterval(timer);
    if (same && last && previous?.status === 'streaming') announceEnd(last);
    previous = last;
  }

  /**
   * @param {Message} answer
   * @param {Message | undefined} previous
   */
  function announceProgress(answer, previous) {
    const isNew = previous?.status !== 'streaming';
    if (isNew) say(strings.spoken.sent);
    if (answer.waking && !previous?.waking) say(strings.spoken.waking);
    if (isWaiting(answer) || !(isNew || isWaiting(previous))) return;
    say(strings.spoken.answering);
    clearInterval(timer);
    timer = setInterval(() => say(strings.spoken.stillAnswering), REMINDER_INTERVAL_MS);
  }

  /** @param {Message} answer */
  async function announceEnd({ status, text, resumed }) {
    if (status === 'stopped') say(strings.spoken.stopped);
    if (status !== 'complete') return;
    const plain = await plainText(text.slice(resumed?.length ?? 0));
    say(strings.spoken.complete(plain.split(/\s+/).filter(Boolean).length));
    if (setting() !== 'complete') read(setting() === 'first' ? firstSentence(plain) : plain);
  }
}

/** @param {string} text */
function firstSentence(text) {
  return /^.*?(?:[.!?…](?=\s)|[。！？]|$)/m.exec(text.trim())?.[0] ?? text;
}
