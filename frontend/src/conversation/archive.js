/** @import { Conversation, Summary } from './conversation.js' */
/** @import { Message } from './message.js' */

const format = 'minimal-chatbot';
const version = 1;

/** A file that is no archive, or a broken one. */
export class Malformed extends Error {}

/** @type {<T>(read: (value: any) => T) => (value: any) => T | undefined} */
const maybe = read => value => (value === null || value === undefined ? undefined : read(value));
/** @type {<T>(read: (value: any) => T) => (value: any) => T | null} */
const orNull = read => value => (value === null ? null : read(value));
const text = is(value => typeof value === 'string');
const number = is(Number.isFinite);
const truth = is(value => typeof value === 'boolean');
const identifier = matching(/^[\da-z-]{1,64}$/i);
const role = matching(/^(?:user|assistant)$/);
const status = matching(/^(?:complete|stopped|interrupted|failed)$/);

const readMessage = object({
  id: identifier,
  parent: orNull(identifier),
  role,
  text,
  status,
  createdAt: number,
  model: maybe(text),
  usage: maybe(
    object({
      input_tokens: maybe(number),
      output_tokens: maybe(number),
      total_tokens: maybe(number),
    }),
  ),
  timings: maybe(object({ firstText: maybe(number), end: maybe(number) })),
  cutShort: maybe(text),
  problem: maybe(
    object({
      code: text,
      message: text,
      retryable: truth,
      retryAfter: maybe(number),
      requestId: maybe(text),
    }),
  ),
});

const readConversation = object({
  id: identifier,
  title: text,
  createdAt: number,
  updatedAt: number,
  pinned: truth,
  leaf: orNull(identifier),
  messages: list(readMessage),
});

/**
 * Conversations with all their branches as text, the same for the same conversations in whatever
 * order they come. What is still being written counts as interrupted.
 * @param {{ conversations: Summary[], messages: Message[] }} everything
 */
export function archived({ conversations, messages }) {
  /** @type {Map<string, Message[]>} */
  const own = new Map(conversations.map(({ id }) => [id, []]));
  for (const message of messages) own.get(message.conversation)?.push(message);
  const sorted = conversations.toSorted(byAge).map(summary => {
    const tree = own.get(summary.id) ?? [];
    const ids = new Set(tree.map(({ id }) => id));
    return readConversation({
      ...summary,
      leaf: ids.has(summary.leaf ?? '') ? summary.leaf : null,
      messages: tree.sort(byAge).map(message => ({
        ...message,
        parent: ids.has(message.parent ?? '') ? message.parent : null,
        status: message.status === 'streaming' ? 'interrupted' : message.status,
      })),
    });
  });
  return `${JSON.stringify({ format, version, conversations: sorted }, undefined, 2)}\n`;
}

/**
 * What an archive holds. Nothing of it is believed: it may come from anywhere.
 * @param {string} file
 * @returns {Conversation[]}
 * @throws {Malformed}
 */
export function unarchived(file) {
  const parsed = parse(file);
  if (parsed?.format !== format || parsed.version !== version) throw new Malformed();
  const read = list(readConversation)(parsed.conversations);
  const all = read.flatMap(({ messages }) => messages);
  if (new Set(read.map(({ id }) => id)).size < read.length) throw new Malformed();
  if (new Set(all.map(({ id }) => id)).size < all.length) throw new Malformed();
  return read.map(each => {
    const messages = Object.fromEntries(
      each.messages.map((/** @type {Message} */ one) => [
        one.id,
        { ...one, conversation: each.id },
      ]),
    );
    if (!isTree(messages) || (each.leaf !== null && !Object.hasOwn(messages, each.leaf)))
      throw new Malformed();
    return { ...each, messages };
  });
}

/**
 * What conversations from an archive become beside those that are here.
 * @param {Conversation[]} theirs
 * @param {{ conversations: Summary[], messages: Message[] }} everything
 * @returns {Conversation[]}
 * @throws {Malformed} if one claims a message of another conversation
 */
export function adopted(theirs, { conversations, messages }) {
  const known = new Map(messages.map(message => [message.id, message]));
  const all = theirs.flatMap(each => Object.values(each.messages));
  if (all.some(({ id, conversation: c }) => (known.get(id)?.conversation ?? c) !== c))
    throw new Malformed();
  return theirs.map(each => {
    const mine = conversations.find(({ id }) => id === each.id);
    if (!mine) return each;
    const own = messages.filter(({ conversation }) => conversation === mine.id);
    return merged({ ...mine, messages: Object.fromEntries(own.map(one => [one.id, one])) }, each);
  });
}

/**
 * Two that are the same conversation as one that has the messages of both: of those that differ the
 * one that says more, of what the list shows what was changed later.
 * @param {Conversation} mine
 * @param {Conversation} theirs
 * @returns {Conversation}
 */
export function merged(mine, theirs) {
  const messages = { ...mine.messages };
  for (const message of Object.values(theirs.messages)) {
    const known = messages[message.id];
    if (!known || known.text.length < message.text.length) messages[message.id] = message;
  }
  return { ...(theirs.updatedAt > mine.updatedAt ? theirs : mine), messages };
}

/** @param {string} file */
function parse(file) {
  try {
    return JSON.parse(file);
  } catch {
    throw new Malformed();
  }
}

/**
 * Whether every message hangs on another of the same conversation, and none on itself.
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
 * Reads an object's fields in this order, and no others.
 * @param {Record<string, (value: any) => unknown>} shape
 * @returns {(value: any) => any}
 */
function object(shape) {
  return value => {
    if (typeof value !== 'object' || value === null) throw new Malformed();
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
    if (!Array.isArray(value)) throw new Malformed();
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
    if (!holds(value)) throw new Malformed();
    return value;
  };
}

/**
 * @template {{ id: string, createdAt: number }} T
 * @param {T} one
 * @param {T} other
 */
function byAge(one, other) {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}
