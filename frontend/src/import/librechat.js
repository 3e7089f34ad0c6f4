import { placeholders } from './placeholders.js';
import { toEpochMs } from './time.js';

/** @import { Node, Tree } from './message-tree.js' */

/**
 * A conversation that LibreChat has exported: its messages are a list with parents, or a tree with
 * children.
 * @param {any} record
 * @returns {Tree}
 */
export function libreChatTree(record) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {{ messages: any[], parent?: string }[]} */
  const open = [{ messages: [record.messages ?? record.messagesTree].flat() }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const message of next.messages) {
      const id = String(message?.messageId ?? nodes.length);
      const parent = next.parent ?? message?.parentMessageId;
      nodes.push({ id, parent, ...messageOf(message ?? {}) });
      if (Array.isArray(message?.children)) open.push({ messages: message.children, parent: id });
    }
  }
  return {
    id: String(record.conversationId),
    title: record.title,
    createdAt: toEpochMs(record.createdAt) ?? nodes.find(({ createdAt }) => createdAt)?.createdAt,
    updatedAt: toEpochMs(record.updatedAt),
    nodes,
  };
}

// As older versions have it in the text.
const THINKING = /^:::thinking[ \t]*\n[\s\S]*?(?:^:::[ \t]*$|(?![\s\S]))/gm;

/** @param {any} message @returns {Partial<Node>} */
function messageOf(message) {
  const isUser = message.isCreatedByUser ?? /^user$/i.test(String(message.sender));
  const parts = Array.isArray(message.content) ? message.content : [];
  const texts = parts
    .filter((/** @type {any} */ part) => part?.type === 'text')
    .map((/** @type {any} */ { text }) => text?.value ?? text);
  const files = (Array.isArray(message.files) ? message.files : []).map(
    (/** @type {any} */ file) =>
      String(file?.type).startsWith('image/')
        ? placeholders.image()
        : placeholders.file(String(file?.filename)),
  );
  const written = message.text || texts.filter(isText).join('\n\n');
  const text = isUser || !isText(written) ? written : written.replace(THINKING, '').trim();
  return {
    role: isUser ? 'user' : 'assistant',
    text: [...files, text].filter(isText).join('\n\n'),
    omitted: files.length,
    createdAt: toEpochMs(message.createdAt),
    ...(!isUser && typeof message.model === 'string' && { model: message.model }),
  };
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
