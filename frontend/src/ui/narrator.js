import { branch } from '../conversation/branch.js';
import { isWaiting } from '../conversation/conversation.js';
import { strings } from '../strings/strings.js';

/** @import { Conversation, Message } from '../conversation/conversation.js' */
/** @typedef {ReturnType<typeof import('../render/spoken-text.js').spokenText>} SpokenText */

const REMINDER_INTERVAL_MS = 8000;
const NEW_MS = 2000; // an older question was asked before this page was opened

/**
 * Announces the progress of an answer to screen readers: its start, a reminder at intervals, its
 * end, and then its text as the setting has it, without what was there when it was opened. Errors are
 * not announced: their element is an alert.
 * @param {{ say: (text: string) => void, read: (answer: string) => void }} announcer
 * @param {(markdown: string, setting: string) => SpokenText} spokenText
 * @param {() => string} setting  as in `spokenText`
 */
export function narrator({ say, read }, spokenText, setting) {
  /** @type {Message | undefined} */
  let previous;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let start = 0; // of the text to read
  let begun = false; // whether the model has written since it was asked
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
    if (previous?.status !== 'streaming') open(answer);
    else if (answer.restarted !== previous.restarted) {
      start = Math.min(start, answer.restarted ?? 0);
      say(strings.spoken.restarted);
    }
    if (answer.waking && !previous?.waking) say(strings.spoken.waking);
    if (begun || isWaiting(answer)) return;
    begun = true;
    say(strings.spoken.answering);
    clearInterval(timer);
    timer = setInterval(remind, REMINDER_INTERVAL_MS);
  }

  function remind() {
    if (!previous?.reconnecting) say(strings.spoken.stillAnswering);
  }

  /** @param {Message} answer */
  function open({ text, createdAt, resumed }) {
    start = text.length;
    begun = false;
    if (Date.now() - (resumed?.at ?? createdAt) < NEW_MS) say(strings.spoken.sent);
  }

  /** @param {Message} answer */
  async function announceEnd({ status, text }) {
    if (status === 'stopped' || status === 'interrupted') say(strings.spoken[status]);
    if (status !== 'complete') return;
    const spoken = await spokenText(text.slice(start), setting());
    say(spoken.end);
    if (spoken.text !== undefined) read(spoken.text);
  }
}
