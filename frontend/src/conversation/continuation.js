import { branch, isInPrompt } from './branch.js';
import { openFence } from './open-fence.js';

/** @import { PromptMessage } from './branch.js' */
/** @import { Conversation } from './conversation.js' */
/** @import { StreamEvent } from '../stream/gateway.js' */

// For the model, in English: the language of the page is not that of the conversation.
const PROMPT =
  'Your last answer stopped before its end. Continue it exactly where it stopped, in the middle of a word or a line if it stopped there. Repeat nothing, write no introduction, and begin with a space or a line break where one is needed.';
const INSIDE_CODE =
  'It stopped inside a code block: go on with the code, without opening the block again.';

const MAX_OVERLAP = 2000; // characters that a model may repeat
const MIN_OVERLAP = 4; // letters and digits, so that a repeated bracket is not an overlap
const MIN_CODE_OVERLAP = 8; // code repeats short lines
const BLOCK_START = /^(?:#{1,6} |[-*+] |\d{1,9}[.)] |`{3}|~{3}|\||> )/;
const BLOCK_PREFIX = /^(?:#{0,6}|[-*+>]|\d{1,9}[.)]?|`{1,2}|~{1,2})$/;
const LETTER = /[\p{L}\p{N}]/u;
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/**
 * The input of the model that makes it go on with an answer.
 * @param {Conversation} conversation
 * @param {string} answer  its id; a message of the selected branch
 * @returns {PromptMessage[]}
 */
export function continuationPrompt(conversation, answer) {
  const path = branch(conversation);
  const before = path.slice(0, path.findIndex(({ id }) => id === answer) + 1);
  const { text } = before[before.length - 1];
  const messages = before
    .filter(message => message.id === answer || isInPrompt(message))
    .map(({ role, text, attachments }) => ({
      role,
      content: text,
      ...(attachments && { attachments }),
    }));
  const content = openFence(text) ? `${PROMPT} ${INSIDE_CODE}` : PROMPT;
  const hasParts = messages.some(({ attachments }) => attachments);
  return [...messages, { role: 'user', content, ...(hasParts && { isContinuation: true }) }];
}

/**
 * Joins the events of a continuation to the text before it. Text that is held back when the stream
 * breaks is dropped: it may be a part of what the model repeats. No event has its number until it is
 * joined, so that a resumed stream begins with it again.
 * @param {string} before
 * @param {boolean} joined  whether the stream is resumed after text of the continuation
 * @returns {(event: StreamEvent) => StreamEvent[]}
 */
export function continuationJoiner(before, joined = false) {
  let joiner = joined ? undefined : textJoiner(before);
  let isHolding = false; // text
  /** @type {StreamEvent[]} */
  let later = []; // what the model did after that text
  return event => {
    if (event.type === 'restarted') restart();
    if (!joiner) return [event];
    if (event.type === 'activity' && isHolding) {
      later.push(event);
      return [];
    }
    if (event.type === 'delta') {
      const joined = deltas(joiner.append(event.text), event);
      isHolding = joined.length === 0;
      return isHolding ? [] : [...later.splice(0), ...joined];
    }
    const ends = event.type === 'completed' || event.type === 'incomplete';
    return ends ? [...later.splice(0), ...deltas(joiner.end(), event), event] : [event];
  };

  function restart() {
    joiner = textJoiner(before);
    isHolding = false;
    later = [];
  }
}

/**
 * @param {string} text
 * @param {StreamEvent} event  whose number it gets
 * @returns {StreamEvent[]}
 */
function deltas(text, { number }) {
  return text === '' ? [] : [{ type: 'delta', text, number }];
}

/**
 * Joins a continuation to a text at the exact place: removes what the model repeats, its last words
 * or the first line of the code block that is open. Holds text back until that is decided.
 * @param {string} before
 */
export function textJoiner(before) {
  const fence = openFence(before)?.marks;
  const known = before.trimEnd();
  const space = before.slice(known.length);
  const ends = repeatableEnds(known, fence !== undefined);
  let held = '';
  let decided = false;
  return { append, end };

  /** @param {string} text @returns {string}  what to append to the text before */
  function append(text) {
    if (decided) return text;
    held += text;
    return isUndecided() ? '' : end();
  }

  /** The text that is still held back. */
  function end() {
    if (decided) return '';
    decided = true;
    return join(held);
  }

  function isUndecided() {
    const start = held.trimStart();
    if (fence && isFence(start) && !start.includes('\n')) return true;
    const text = withoutReopening(held).trimStart();
    return BLOCK_PREFIX.test(text) || ends.some(end => `${end}${space}`.startsWith(text));
  }

  /** Removes the first line if it opens the block that is still open. @param {string} text */
  function withoutReopening(text) {
    const [line = '', marks = '', info = ''] = /^\s*(`{3,}|~{3,})([^\n`]*)\n/.exec(text) ?? [];
    const reopens = marks !== '' && marks[0] === fence?.[0] && info.trim() !== '';
    return reopens ? text.slice(line.length) : text;
  }

  /** @param {string} text */
  function join(text) {
    const rest = withoutReopening(text);
    const start = rest.trimStart();
    const repeated = ends.find(end => start.startsWith(end));
    if (repeated) return afterRepetition(start.slice(repeated.length));
    if (rest !== text) return before.endsWith('\n') ? rest : `\n${rest}`;
    return separator(text) + text;
  }

  /** The white space after the repeated words is in the text already. @param {string} rest */
  function afterRepetition(rest) {
    return rest.startsWith(space) ? rest.slice(space.length) : rest;
  }

  /** The line break or the space that the model has left out. @param {string} text */
  function separator(text) {
    if (/(?:^|\s)$/.test(before)) return '';
    if (fence) return text.replace(/^[ \t>]+/, '').startsWith(fence) ? '\n' : '';
    if (/^\s/.test(text)) return '';
    if (BLOCK_START.test(text)) return '\n';
    return /[.!?:…]$/.test(before) && /^\p{Lu}/u.test(text) ? ' ' : '';
  }
}

/**
 * The ends of a text that count as repeated if a continuation starts with them, the longest first.
 * @param {string} text  without white space at its end
 * @param {boolean} isCode
 */
function repeatableEnds(text, isCode) {
  const ends = [];
  for (let at = Math.max(0, text.length - MAX_OVERLAP); at < text.length; at++) {
    const isLine = isCode && /(?:^|\n)[ \t]*$/.test(text.slice(0, at)) && !text.includes('\n', at);
    const minimum = isCode && !isLine ? MIN_CODE_OVERLAP : MIN_OVERLAP;
    if (isBoundary(text, at) && letters(text.slice(at)) >= minimum) ends.push(text.slice(at));
  }
  return ends;
}

/** @param {string} text */
function isFence(text) {
  return /^(?:`{1,3}|~{1,3})/.test(text);
}

/**
 * Whether a word starts here.
 * @param {string} text
 * @param {number} at
 */
function isBoundary(text, at) {
  const [before, after] = [text[at - 1] ?? '', text[at]];
  if (/[\uDC00-\uDFFF]/.test(after)) return false;
  return !LETTER.test(before) || !LETTER.test(after) || WITHOUT_SPACES.test(after);
}

/** @param {string} text */
function letters(text) {
  let count = 0;
  for (const character of text) if (LETTER.test(character)) count++;
  return count;
}
