import { marked } from 'marked';
import { transcript } from '../../frontend/src/ui/transcript.js';
import { section } from './answer.js';
import { sanitize } from './strategies.js';

/** @import { Message } from '../../frontend/src/conversation/message.js' */

const count = 500;

/** Ways to open a long conversation. @type {Record<string, (root: HTMLElement) => void>} */
const ways = {
  // Ours: the end first, and the rest above it when there is time; what is far away has no layout.
  end: root => transcript(root, verbs).update(conversation),
  // Every message at once, as HTML; what is far away has no layout.
  contained: root => all(root, 'turn'),
  // The same, and everything has its layout.
  all: root => all(root, ''),
};

const nothing = () => {};
const verbs = { regenerate: nothing, carryOn: nothing, edit: nothing, select: nothing };
const messages = Array.from({ length: count }, (_, at) => message(at));
const conversation = {
  id: 'long',
  title: 'Rivers',
  createdAt: 0,
  updatedAt: 0,
  pinned: false,
  leaf: `m${count - 1}`,
  messages: Object.fromEntries(messages.map(each => [each.id, each])),
};

/**
 * Opens a conversation of 500 messages at its end.
 * @param {string} way
 */
export async function open(way) {
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
  ways[way](turns);
  const made = performance.now() - begin;
  thread.scrollTop = thread.scrollHeight;
  const laidOut = performance.now() - begin;
  await frame();
  const shown = performance.now() - begin;
  while (turns.children.length < count) await frame();
  return { way, made, laidOut, shown, whole: performance.now() - begin };
}

/** Until a frame is on the screen. */
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
 * @param {number} at
 * @returns {Message}
 */
function message(at) {
  const isQuestion = at % 2 === 0;
  return {
    id: `m${at}`,
    conversation: 'long',
    parent: at > 0 ? `m${at - 1}` : null,
    role: isQuestion ? 'user' : 'assistant',
    text: isQuestion ? `And the ${at}th river?` : section(at),
    status: 'complete',
    createdAt: at,
  };
}
