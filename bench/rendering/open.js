import { marked } from 'marked';
import { transcript } from '../../frontend/src/ui/transcript.js';
import { section } from './answer.js';
import { sanitize } from './strategies.js';

/** @import { Message } from '../../frontend/src/conversation/conversation.js' */

const MESSAGE_COUNT = 500;

/** Strategies to open a long conversation. @type {Record<string, (root: HTMLElement) => void>} */
const strategies = {
  // Ours: renders the end first and the rest in idle time; `content-visibility` skips the layout of
  // distant turns.
  endFirst: root => transcript(root, actions).update(conversation),
  // All messages as HTML at once, with `content-visibility`.
  contained: root => all(root, 'turn'),
  // The same without `content-visibility`.
  all: root => all(root, ''),
};

const noop = () => {};
const actions = { regenerate: noop, continue: noop, edit: noop, select: noop };
const messages = Array.from({ length: MESSAGE_COUNT }, (_, index) => message(index));
const conversation = {
  id: 'long',
  title: 'Rivers',
  createdAt: 0,
  updatedAt: 0,
  pinned: false,
  leaf: `m${MESSAGE_COUNT - 1}`,
  messages: Object.fromEntries(messages.map(each => [each.id, each])),
};

/**
 * Opens a conversation of 500 messages at its end.
 * @param {string} strategy
 */
export async function open(strategy) {
  const thread = document.createElement('section');
  const turns = document.createElement('div');
  thread.id = 'thread';
  thread.style.height = '100vh';
  turns.id = 'turns';
  turns.className = 'column';
  thread.append(turns);
  document.body.replaceChildren(thread);
  document.documentElement.dataset.view = 'chat';
  await frame();

  const begin = performance.now();
  strategies[strategy](turns);
  const created = performance.now() - begin;
  thread.scrollTop = thread.scrollHeight;
  const laidOut = performance.now() - begin;
  await frame();
  const painted = performance.now() - begin;
  while (turns.children.length < MESSAGE_COUNT) await frame();
  return { strategy, created, laidOut, painted, complete: performance.now() - begin };
}

/** Resolves after the next frame is painted. */
function frame() {
  return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
}

/**
 * @param {HTMLElement} root
 * @param {string} className
 */
function all(root, className) {
  for (const { text } of messages) {
    const turn = document.createElement('article');
    turn.className = `${className} markdown`;
    turn.innerHTML = sanitize(/** @type {string} */ (marked.parse(text)));
    root.append(turn);
  }
}

/**
 * @param {number} index
 * @returns {Message}
 */
function message(index) {
  const isQuestion = index % 2 === 0;
  return {
    id: `m${index}`,
    conversation: 'long',
    parent: index > 0 ? `m${index - 1}` : null,
    role: isQuestion ? 'user' : 'assistant',
    text: isQuestion ? `And the ${index}th river?` : section(index),
    status: 'complete',
    createdAt: index,
  };
}
