import { placeholders } from './placeholders.js';
import { toEpochMs } from './time.js';

/** @import { Node, Tree } from './message-tree.js' */

const STEPS =
  /<details\s+type="(?:reasoning|tool_calls|code_interpreter)"[^>]*>.*?<\/details>\s*/gs;

/**
 * A chat of an export of Open WebUI: `history` has the tree, older ones only a list.
 * @param {any} record
 * @returns {Tree}
 */
export function openWebUiTree(record) {
  const chat = record.chat ?? record;
  const tree = chat.history?.messages;
  const messages = /** @type {any[]} */ (
    tree ? Object.entries(tree).map(([id, message]) => ({ ...message, id })) : chat.messages
  );
  return {
    id: String(record.id || chat.id || messages[0]?.id),
    title: record.title ?? chat.title,
    createdAt: toEpochMs(record.created_at ?? chat.timestamp),
    updatedAt: toEpochMs(record.updated_at),
    pinned: record.pinned === true,
    leaf: chat.history?.currentId ?? undefined,
    nodes: messages.map((message, at) => ({
      id: String(message?.id ?? at),
      parent: tree ? message.parentId : String(messages[at - 1]?.id ?? at - 1),
      ...messageOf(message ?? {}),
    })),
  };
}

/** @param {any} message @returns {Partial<Node>} */
function messageOf({ role, content, files, model, timestamp }) {
  const parts = Array.isArray(content) ? content : [{ type: 'text', text: content }];
  const names = [
    ...parts.filter(part => part?.type === 'image_url').map(() => placeholders.image()),
    ...(Array.isArray(files) ? files : []).map(file =>
      file?.type === 'image'
        ? placeholders.image()
        : placeholders.file(String(file?.name ?? file?.file?.filename ?? '')),
    ),
  ];
  const texts = parts.map(part => part?.text).filter(text => typeof text === 'string');
  const text = texts.join('\n\n').replace(STEPS, '');
  return {
    ...((role === 'user' || role === 'assistant') && { role }),
    text: [...names, text].filter(part => part.trim() !== '').join('\n\n'),
    omitted: names.length,
    createdAt: toEpochMs(timestamp),
    ...(role === 'assistant' && typeof model === 'string' && { model }),
  };
}
