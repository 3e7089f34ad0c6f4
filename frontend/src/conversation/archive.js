import { ImportError } from '../import/import-error.js';
import { fileSource, searchDetails, webSource, withSource } from './sources.js';

/** @import { Conversation, Message, Summary } from './conversation.js' */
/**
 * All that is stored. `instructions`: for the model, in all conversations.
 * @typedef {{ conversations: Summary[], messages: Message[], instructions?: string }} Snapshot
 */

// Version 1 has no choices of conversations, and no activity of answers; 2 has no attachments.
const VERSION = 3;
const FIRST_VERSION = 1;
/** The members of an archive that precede its conversations. */
export const archiveHead = { format: 'minimal-chatbot', version: VERSION };
const MAX_TITLE_LENGTH = 1000;
const MAX_INSTRUCTIONS_LENGTH = 4000; // as in ui/instructions-fields.js
const MAX_REASONING_LENGTH = 200_000; // as in activity.js
const MAX_SEARCHES = 50;
const MAX_NAME_LENGTH = 200;
const MAX_ALT_LENGTH = 500;
const MAX_TIME_MS = 8.64e15; // of a Date

/** @type {<T>(read: (value: any) => T) => (value: any) => T | undefined} */
const optional = read => value => (value === null || value === undefined ? undefined : read(value));
/** @type {<T>(read: (value: any) => T) => (value: any) => T | null} */
const nullable = read => value => (value === null ? null : read(value));
const text = is(value => typeof value === 'string');
const number = is(Number.isFinite);
const boolean = is(value => typeof value === 'boolean');
const identifier = matching(/^[\da-z-]{1,64}$/i);
const role = matching(/^(?:user|assistant)$/);
const attachmentType = matching(/^(?:image|pdf)$/);
const base64 = matching(/^[\w+/]+={0,2}$/);
const searchType = matching(/^(?:web|file)$/);
const finalStatus = matching(/^(?:complete|stopped|interrupted|failed)$/);
const status = (/** @type {unknown} */ value) =>
  value === 'streaming' ? 'interrupted' : finalStatus(value);

const readActivity = object({
  since: number,
  reasoning: optional(value => text(value).slice(-MAX_REASONING_LENGTH)),
  thinkingMs: optional(number),
  searches: optional(value => list(readSearch)(value).slice(0, MAX_SEARCHES)),
  sources: optional(value => list(readSource)(value).reduce(withSource, [])),
});

/** With `data` in the place of the bytes. Its size is read from them. */
const readAttachment = object({
  id: identifier,
  type: attachmentType,
  name: value => text(value).slice(-MAX_NAME_LENGTH),
  pages: optional(number),
  alt: optional(value => text(value).slice(0, MAX_ALT_LENGTH)),
  data: base64,
});

const readMessage = object({
  id: identifier,
  parent: nullable(identifier),
  role,
  text,
  status,
  createdAt: number,
  attachments: optional(list(readAttachment)),
  model: optional(text),
  usage: optional(
    object({
      input_tokens: optional(number),
      output_tokens: optional(number),
      total_tokens: optional(number),
      output_tokens_details: optional(object({ reasoning_tokens: optional(number) })),
    }),
  ),
  timings: optional(object({ firstText: optional(number), end: optional(number) })),
  cutShort: optional(text),
  activity: optional(readActivity),
  resumed: optional(object({ at: number, length: number })),
  restarted: optional(number),
  problem: optional(
    object({
      code: text,
      message: text,
      retryable: boolean,
      retryAfter: optional(number),
      requestId: optional(text),
      refused: optional(list(identifier)),
    }),
  ),
});

/** @type {(value: unknown) => string | undefined} */
export const readInstructions = optional(value => text(value).slice(0, MAX_INSTRUCTIONS_LENGTH));

const readConversation = object({
  id: identifier,
  title: text,
  createdAt: number,
  updatedAt: number,
  pinned: boolean,
  leaf: nullable(identifier),
  model: optional(text),
  instructions: readInstructions,
  webSearch: optional(boolean),
  messages: list(readMessage),
});

/**
 * Serializes conversations with all branches. The result does not depend on the order of the input.
 * A streaming message becomes an interrupted one, as in an import.
 * @param {Snapshot} snapshot  with the `data` of attachments, see attachments/archived-attachments.js
 * @returns {string[]}  parts of the text, because all of it can be longer than a string can be
 */
export function serializeArchive({ conversations, messages, instructions }) {
  /** @type {Map<string, Message[]>} */
  const own = new Map(conversations.map(({ id }) => [id, []]));
  for (const message of messages) own.get(message.conversation)?.push(message);
  const sorted = conversations.toSorted(byCreation).map(summary => {
    const tree = own.get(summary.id) ?? [];
    const ids = new Set(tree.map(({ id }) => id));
    return readConversation({
      ...summary,
      leaf: ids.has(summary.leaf ?? '') ? summary.leaf : null,
      messages: tree.sort(byCreation).map(message => ({
        ...message,
        parent: ids.has(message.parent ?? '') ? message.parent : null,
      })),
    });
  });
  const head = { ...archiveHead, ...(instructions && { instructions }), conversations: [] };
  const parts = sorted.map(({ messages, ...summary }) =>
    withList(
      { ...summary, messages: [] },
      messages.map((/** @type {Message} */ message) => [toJson(message)]),
    ),
  );
  return [...withList(head, parts), '\n'];
}

/**
 * The parts of an object's JSON whose last member is a list.
 * @param {object} object  with an empty list
 * @param {string[][]} elements  the parts of each
 */
function withList(object, elements) {
  const json = toJson(object);
  if (elements.length === 0) return [json];
  const list = elements.flatMap((parts, at) => [
    at > 0 ? ',\n    ' : '\n    ',
    ...parts.map(part => part.replaceAll('\n', '\n    ')),
  ]);
  return [json.slice(0, -']\n}'.length), ...list, '\n  ]\n}'];
}

/** @param {object} value */
function toJson(value) {
  return JSON.stringify(value, undefined, 2);
}

/**
 * Validates the conversations of an archive, one at a time.
 * @param {{ format?: unknown, version?: unknown }} head  the members that precede the conversations
 * @returns {(value: unknown) => Conversation}  throws an ImportError
 * @throws {ImportError} if this is no archive, or a later version of this page has written it
 */
export function archiveReader({ format, version }) {
  if (format !== archiveHead.format) throw new ImportError('unknown');
  if (Number.isInteger(version) && Number(version) > VERSION)
    throw new ImportError('newer', String(version));
  if (!Number.isInteger(version) || Number(version) < FIRST_VERSION)
    throw new ImportError('damaged');
  /** @type {Set<string>} */
  const conversations = new Set();
  /** @type {Set<string>} */
  const ids = new Set();
  return value => {
    const { messages: list, ...summary } = readConversation(value);
    unique(conversations, summary.id);
    /** @type {Record<string, Message>} */
    const messages = Object.fromEntries(
      list.map((/** @type {Message} */ one) => [
        unique(ids, one.id),
        { ...one, conversation: summary.id },
      ]),
    );
    const hasLeaf = summary.leaf === null || Object.hasOwn(messages, summary.leaf);
    const times = [summary, ...list].flatMap(({ createdAt, updatedAt = 0 }) => [
      createdAt,
      updatedAt,
    ]);
    if (!hasLeaf || !isTree(messages) || times.some(time => Math.abs(time) > MAX_TIME_MS))
      throw new ImportError('damaged');
    return { ...summary, title: summary.title.slice(0, MAX_TITLE_LENGTH), messages };
  };
}

/** @param {any} value */
function readSearch(value) {
  return { type: searchType(value?.type), ...searchDetails(value.query, value.url) };
}

/** @param {any} value */
function readSource(value) {
  const source = webSource(value?.url, value?.title) ?? fileSource(value?.filename);
  if (!source) throw new ImportError('damaged');
  return source;
}

/**
 * @param {Set<string>} ids
 * @param {string} id
 */
function unique(ids, id) {
  if (ids.has(id)) throw new ImportError('damaged');
  ids.add(id);
  return id;
}

/**
 * Merges two copies of a conversation: all messages, of two versions of a message the longer text,
 * and the summary that was updated later.
 * @param {Conversation} stored
 * @param {Conversation} imported
 * @returns {Conversation}
 */
export function mergeConversations(stored, imported) {
  const messages = { ...stored.messages };
  for (const message of Object.values(imported.messages)) {
    const known = messages[message.id];
    if (!known || known.text.length < message.text.length) messages[message.id] = message;
  }
  return { ...(imported.updatedAt > stored.updatedAt ? imported : stored), messages };
}

/**
 * Whether every parent is a message of the same conversation and no message is its own ancestor.
 * @param {Record<string, Message>} messages
 */
function isTree(messages) {
  const rooted = new Set();
  return Object.values(messages).every(message => {
    const path = new Set();
    for (let id = message.id; !rooted.has(id); ) {
      if (path.has(id) || !Object.hasOwn(messages, id)) return false;
      path.add(id);
      const { parent } = messages[id];
      if (parent === null) break;
      id = parent;
    }
    for (const id of path) rooted.add(id);
    return true;
  });
}

/**
 * Reads the fields of an object in this order and ignores others.
 * @param {Record<string, (value: any) => unknown>} shape
 * @returns {(value: any) => any}
 */
function object(shape) {
  return value => {
    if (typeof value !== 'object' || value === null) throw new ImportError('damaged');
    const fields = Object.entries(shape).map(([name, read]) => [name, read(value[name])]);
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
  };
}

/**
 * @param {(value: any) => any} read
 * @returns {(value: any) => any[]}
 */
function list(read) {
  return value => {
    if (!Array.isArray(value)) throw new ImportError('damaged');
    return value.map(read);
  };
}

/** @param {RegExp} pattern */
function matching(pattern) {
  return is(value => typeof value === 'string' && pattern.test(value));
}

/**
 * @param {(value: any) => boolean} holds
 * @returns {(value: any) => any}
 */
function is(holds) {
  return value => {
    if (!holds(value)) throw new ImportError('damaged');
    return value;
  };
}

/**
 * @template {{ id: string, createdAt: number }} T
 * @param {T} one
 * @param {T} other
 */
function byCreation(one, other) {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}
