import { chatGptTree } from './chatgpt.js';
import { claudeTree } from './claude.js';
import { libreChatTree } from './librechat.js';
import { openWebUiTree } from './open-webui.js';

/** @import { Tree } from './message-tree.js' */
/** @typedef {{ id: string, matches: (record: any) => boolean, read: (record: any) => Tree }} Product */

/** Whose exports can be read. @type {Product[]} */
const readable = [
  { id: 'chatgpt', matches: ({ mapping: m }) => isObject(m) && !isDeepSeek(m), read: chatGptTree },
  { id: 'claude', matches: record => Array.isArray(record.chat_messages), read: claudeTree },
  {
    id: 'openwebui',
    matches: ({ chat, history }) =>
      isObject((chat?.history ?? history)?.messages) || Array.isArray(chat?.messages),
    read: openWebUiTree,
  },
  {
    id: 'librechat',
    matches: ({ conversationId, messages, messagesTree }) =>
      typeof conversationId === 'string' && isObject(messages ?? messagesTree),
    read: libreChatTree,
  },
];

/** Whose exports are recognised and refused, by name. @type {[string, (record: any) => unknown][]} */
const refused = [
  ['DeepSeek', ({ mapping }) => isObject(mapping) && isDeepSeek(mapping)],
  ['Gemini', ({ header }) => /^(?:Gemini|Bard)/.test(String(header))],
  ['NextChat', record => record['chat-next-web-store']],
  ['LobeChat', ({ exportType, state, schemaHash }) => schemaHash || (exportType && state)],
  ['Chatbot UI', ({ version, history }) => version && Array.isArray(history)],
  ['TypingMind', ({ data }) => Array.isArray(data?.chats)],
  ['Chatbox', record => record['chat-sessions-list'] || record['chat-sessions']],
  ['llama.cpp', ({ conv, messages }) => isObject(conv) && Array.isArray(messages)],
];

/** @param {unknown} record */
export function productOf(record) {
  return isObject(record) ? readable.find(({ matches }) => matches(record)) : undefined;
}

/** The name of a product whose exports cannot be read. @param {unknown} record */
export function refusedProductOf(record) {
  return isObject(record) ? refused.find(([, matches]) => matches(record))?.[0] : undefined;
}

/** DeepSeek's messages have fragments. @param {Record<string, any>} mapping */
function isDeepSeek(mapping) {
  return Object.values(mapping).some(node => node?.message?.fragments);
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
