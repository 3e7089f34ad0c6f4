/** @import { Conversation, Message, Summary } from './conversation.js' */
/** @typedef {{ conversations: Summary[], messages: Message[] }} Snapshot  all that is stored */

const FORMAT = 'minimal-chatbot';
const VERSION = 1;

/** The file is not an archive, or it is damaged. */
export class InvalidArchiveError extends Error {}

/** @type {<T>(read: (value: any) => T) => (value: any) => T | undefined} */
const optional = read => value => (value === null || value === undefined ? undefined : read(value));
/** @type {<T>(read: (value: any) => T) => (value: any) => T | null} */
const nullable = read => value => (value === null ? null : read(value));
const text = is(value => typeof value === 'string');
const number = is(Number.isFinite);
const boolean = is(value => typeof value === 'boolean');
const identifier = matching(/^[\da-z-]{1,64}$/i);
const role = matching(/^(?:user|assistant)$/);
const status = matching(/^(?:complete|stopped|interrupted|failed)$/);

const readMessage = object({
  id: identifier,
  parent: nullable(identifier),
  role,
  text,
  status,
  createdAt: number,
  model: optional(text),
  usage: optional(
    object({
      input_tokens: optional(number),
      output_tokens: optional(number),
      total_tokens: optional(number),
    }),
  ),
  timings: optional(object({ firstText: optional(number), end: optional(number) })),
  cutShort: optional(text),
  problem: optional(
    object({
      code: text,
      message: text,
      retryable: boolean,
      retryAfter: optional(number),
      requestId: optional(text),
    }),
  ),
});

const readConversation = object({
  id: identifier,
  title: text,
  createdAt: number,
  updatedAt: number,
  pinned: boolean,
  leaf: nullable(identifier),
  messages: list(readMessage),
});

/**
 * Serializes conversations with all branches. The result does not depend on the order of the input.
 * A streaming message becomes an interrupted one.
 * @param {Snapshot} snapshot
 */
export function serializeArchive({ conversations, messages }) {
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
        status: message.status === 'streaming' ? 'interrupted' : message.status,
      })),
    });
  });
  const archive = { format: FORMAT, version: VERSION, conversations: sorted };
  return `${JSON.stringify(archive, undefined, 2)}\n`;
}

/**
 * Parses and validates an archive, which is untrusted input.
 * @param {string} file
 * @returns {Conversation[]}
 * @throws {InvalidArchiveError}
 */
export function parseArchive(file) {
  const parsed = parse(file);
  if (parsed?.format !== FORMAT || parsed.version !== VERSION) throw new InvalidArchiveError();
  const read = list(readConversation)(parsed.conversations);
  const all = read.flatMap(({ messages }) => messages);
  if (new Set(read.map(({ id }) => id)).size < read.length) throw new InvalidArchiveError();
  if (new Set(all.map(({ id }) => id)).size < all.length) throw new InvalidArchiveError();
  return read.map(each => {
    const messages = Object.fromEntries(
      each.messages.map((/** @type {Message} */ one) => [
        one.id,
        { ...one, conversation: each.id },
      ]),
    );
    if (!isTree(messages) || (each.leaf !== null && !Object.hasOwn(messages, each.leaf)))
      throw new InvalidArchiveError();
    return { ...each, messages };
  });
}

/**
 * Merges the conversations of an archive with those in the store.
 * @param {Conversation[]} imported
 * @param {Snapshot} snapshot
 * @returns {Conversation[]}  the conversations to store
 * @throws {InvalidArchiveError} if a message id belongs to another conversation
 */
export function mergeArchive(imported, { conversations, messages }) {
  const known = new Map(messages.map(message => [message.id, message]));
  const all = imported.flatMap(each => Object.values(each.messages));
  if (all.some(({ id, conversation: c }) => (known.get(id)?.conversation ?? c) !== c))
    throw new InvalidArchiveError();
  return imported.map(each => {
    const summary = conversations.find(({ id }) => id === each.id);
    if (!summary) return each;
    const own = messages.filter(({ conversation }) => conversation === summary.id);
    const stored = { ...summary, messages: Object.fromEntries(own.map(one => [one.id, one])) };
    return mergeConversations(stored, each);
  });
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

/** @param {string} file */
function parse(file) {
  try {
    return JSON.parse(file);
  } catch {
    throw new InvalidArchiveError();
  }
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
    if (typeof value !== 'object' || value === null) throw new InvalidArchiveError();
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
    if (!Array.isArray(value)) throw new InvalidArchiveError();
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
    if (!holds(value)) throw new InvalidArchiveError();
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
