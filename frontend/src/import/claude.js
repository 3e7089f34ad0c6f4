import { quotedFile } from '../conversation/code-block.js';
import { placeholders } from './placeholders.js';
import { toEpochMs } from './time.js';

/** @import { Node, Tree } from './message-tree.js' */

/**
 * A conversation of Claude's conversations.json. Older exports have no parents: their messages are
 * in order.
 * @param {any} record
 * @returns {Tree}
 */
export function claudeTree(record) {
  const messages = /** @type {any[]} */ (record.chat_messages);
  const ids = messages.map((message, at) => String(message?.uuid ?? at));
  return {
    id: String(record.uuid),
    title: record.name,
    createdAt: toEpochMs(record.created_at),
    updatedAt: toEpochMs(record.updated_at),
    pinned: record.is_starred === true,
    leaf: record.current_leaf_message_uuid,
    nodes: messages.map((message, at) => ({
      id: ids[at],
      parent: message?.parent_message_uuid ?? ids[at - 1],
      ...messageOf(message ?? {}),
    })),
  };
}

/** @param {any} message @returns {Partial<Node>} */
function messageOf(message) {
  const attached = list(message.attachments).map(({ file_name, extracted_content }) =>
    extracted_content
      ? quotedFile(String(file_name || 'file.txt'), String(extracted_content))
      : placeholders.file(String(file_name)),
  );
  const missing = list(message.attachments).filter(file => !file.extracted_content);
  const files = list(message.files).map(file => placeholders.file(String(file?.file_name)));
  const texts = list(message.content)
    .filter(part => part?.type === 'text' && typeof part.text === 'string')
    .map(part => part.text);
  const text = texts.length > 0 ? texts.join('\n\n') : String(message.text ?? '');
  return {
    role: message.sender === 'human' ? 'user' : 'assistant',
    text: [...attached, ...files, text].filter(part => part.trim() !== '').join('\n\n'),
    omitted: missing.length + files.length,
    createdAt: toEpochMs(message.created_at),
  };
}

/** @param {unknown} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}
