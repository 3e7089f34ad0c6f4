import { codeBlock } from '../conversation/code-block.js';
import { placeholders } from './placeholders.js';
import { toEpochMs } from './time.js';

/** @import { Node, Tree } from './message-tree.js' */
/** @typedef {{ text: string, omitted?: number }} Content */

const CITATION = /[\uE200-\uE2FF]/;

/**
 * A conversation of ChatGPT's conversations.json. Some exports have only the parents, some only the
 * children of a node.
 * @param {any} record
 * @returns {Tree}
 */
export function chatGptTree(record) {
  const entries = Object.entries(record.mapping);
  const parents = new Map(
    entries.flatMap(([id, node]) => list(node?.children).map(child => [String(child), id])),
  );
  return {
    id: String(record.conversation_id ?? record.id ?? entries[0]?.[0]),
    title: record.title,
    createdAt: toEpochMs(record.create_time),
    updatedAt: toEpochMs(record.update_time),
    pinned: record.is_starred === true,
    leaf: typeof record.current_node === 'string' ? record.current_node : undefined,
    nodes: entries.map(([id, node]) => ({
      id,
      parent: typeof node?.parent === 'string' ? node.parent : parents.get(id),
      ...messageOf(node?.message, record.default_model_slug),
    })),
  };
}

/**
 * @param {any} message
 * @param {unknown} defaultModel
 * @returns {Partial<Node>}
 */
function messageOf(message, defaultModel) {
  const role = message?.author?.role;
  if (!message || message.metadata?.is_visually_hidden_from_conversation) return {};
  const { text, omitted } = contentOf(message, role);
  const model = message.metadata?.model_slug ?? defaultModel;
  return {
    role: role === 'user' ? 'user' : 'assistant',
    text,
    omitted,
    createdAt: toEpochMs(message.create_time),
    ...(role === 'assistant' && typeof model === 'string' && { model }),
  };
}

/**
 * What ChatGPT shows of a message. Reasoning, custom instructions, web pages and calls of its own
 * tools are not shown.
 * @param {any} message
 * @param {unknown} role
 * @returns {Content}
 */
function contentOf({ content, recipient, metadata }, role) {
  const type = content?.content_type;
  if (role === 'tool') {
    if (type === 'execution_output') return { text: fenced('', content.text) };
    const { omitted } = type === 'multimodal_text' ? joined(content.parts) : { omitted: 0 };
    return omitted ? { text: placeholders.image(), omitted } : { text: '' };
  }
  if (role !== 'user' && role !== 'assistant') return { text: '' };
  if (String(recipient ?? '').startsWith('canmore.create')) return { text: canvas(content) };
  if (type === 'code' && (recipient === 'python' || !isTool(recipient)))
    return { text: fenced(String(content.language ?? ''), content.text) };
  if (isTool(recipient) || (type !== 'text' && type !== 'multimodal_text')) return { text: '' };
  const { text, omitted } = joined(content.parts);
  const files = list(metadata?.attachments)
    .filter(file => !String(file?.mime_type).startsWith('image/'))
    .map(file => placeholders.file(String(file?.name ?? '')));
  return {
    text: [...files, withLinks(text, list(metadata?.content_references))].join('\n\n'),
    omitted: omitted + files.length,
  };
}

/** @param {unknown} recipient */
function isTool(recipient) {
  return typeof recipient === 'string' && recipient !== 'all';
}

/** @param {unknown} parts  texts, and images, sound or transcriptions as objects */
function joined(parts) {
  const all = list(parts);
  const isTranscribed = all.some(part => part?.content_type === 'audio_transcription');
  const texts = [];
  let omitted = 0;
  for (const part of all) {
    if (typeof part === 'string') texts.push(part);
    else if (typeof part?.text === 'string') texts.push(part.text);
    else if (!/audio|video/.test(String(part?.content_type))) {
      texts.push(placeholders.image());
      omitted++;
    } else if (!isTranscribed) {
      texts.push(placeholders.audio());
      omitted++;
    }
  }
  return { text: texts.filter(text => text !== '').join('\n\n'), omitted };
}

/**
 * Replaces the marks of citations by the links that belong to them.
 * @param {string} text
 * @param {any[]} references
 */
function withLinks(text, references) {
  if (!CITATION.test(text)) return text;
  const links = new Map(
    references.map(({ matched_text, alt }) => [matched_text, typeof alt === 'string' ? alt : '']),
  );
  return text.replace(/\uE200[^\uE201]*\uE201/g, mark => links.get(mark) ?? '');
}

/** The document that ChatGPT has written beside the chat. @param {any} content */
function canvas(content) {
  try {
    const { name, type, content: text } = JSON.parse(content.text ?? content.parts[0]);
    const isCode = String(type).startsWith('code/');
    return `**${name}**\n\n${isCode ? fenced(String(type).slice('code/'.length), text) : text}`;
  } catch {
    return '';
  }
}

/**
 * @param {string} language
 * @param {unknown} text
 */
function fenced(language, text) {
  const isKnown = /^[\w+#-]+$/.test(language) && language !== 'unknown';
  return typeof text === 'string' && text.trim() !== ''
    ? codeBlock(isKnown ? language : '', text)
    : '';
}

/** @param {unknown} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}
