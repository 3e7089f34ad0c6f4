import { ChatError } from '../stream/chat-error.js';
import { attachmentStrings as strings } from '../strings/attachments.js';
import { dataUrl } from './data-url.js';
import { isQuestion, sentAttachments } from './sent-attachments.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Attachment, Conversation } from '../conversation/conversation.js' */
/** @import { Accepted } from '../stream/capabilities.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */
/** @typedef {Partial<Conversation> & { accepts?: Accepted[] }} Known */

// In an error of the gateway about the provider, and in one about the request itself.
const REFUSED_PART = /of part (\d+) of message (\d+)|messages\[(\d+)\]\.content\[(\d+)\]/;

/** For the model, in the place of what is not sent. */
const OMITTED = { image: '[image omitted]', pdf: '[file omitted]' };

/**
 * The messages of a request: a text first, then images and a PDF. The text names what is not sent.
 * Throws a ChatError that names what cannot be read of the last question.
 * @param {PromptMessage[]} messages
 * @param {Known} known
 */
export async function withParts(messages, known) {
  const sent = sentAttachments(messages, known);
  const read = await readAll(sent);
  const { attachments = [] } = messages.findLast(isQuestion) ?? {};
  const lost = attachments.filter(one => sent.has(one) && !read.has(one));
  if (lost.length > 0)
    throw new ChatError({ code: 'invalid_request', retryable: true, ...refusal(lost) });
  return messages.map(message => withOwnParts(message, read));
}

/**
 * The parts of those that can be read: the browser can have lost the bytes of a stored file.
 * @param {Set<Attachment>} sent
 */
async function readAll(sent) {
  /** @type {Map<Attachment, object>} */
  const parts = new Map();
  const add = (/** @type {Attachment} */ one) =>
    toPart(one).then(
      part => parts.set(one, part),
      () => {},
    );
  await Promise.all([...sent].map(add));
  return parts;
}

/**
 * @param {PromptMessage} message
 * @param {Map<Attachment, object>} read
 */
function withOwnParts({ role, content, attachments }, read) {
  if (!attachments) return { role, content };
  const parts = partsOf(attachments, read).map(one => read.get(one));
  const omitted = attachments.filter(one => !read.has(one)).map(({ type }) => OMITTED[type]);
  const text = [content, ...omitted].filter(one => one.trim() !== '').join('\n\n');
  if (parts.length > 0)
    return { role, content: [...(text ? [{ type: 'input_text', text }] : []), ...parts] };
  return { role, content: text || OMITTED.image }; // all were taken out
}

/**
 * Images first, as in the request.
 * @param {Attachment[]} attachments
 * @param {{ has: (attachment: Attachment) => boolean }} sent
 */
function partsOf(attachments, sent) {
  const own = attachments.filter(one => sent.has(one));
  return [
    ...own.filter(({ type }) => type === 'image'),
    ...own.filter(({ type }) => type === 'pdf'),
  ];
}

/** @param {Attachment} attachment */
async function toPart({ type, name, blob }) {
  const url = await dataUrl(blob);
  if (type === 'image') return { type: 'input_image', image_url: url, detail: 'auto' };
  return { type: 'input_file', filename: name, file_data: url };
}

/**
 * Makes an error name the attachments that were refused: one, or those of the last question if it is
 * not known which. They are not sent again, so that a retry can succeed.
 * @param {ErrorInfo} info
 * @param {PromptMessage[]} messages
 * @param {Known & { before: number }} known  `before`: how many messages precede these in the request
 * @returns {boolean}  whether an attachment was refused
 */
export function nameRefused(info, messages, { before, ...known }) {
  const sent = sentAttachments(messages, known);
  const [, part, message, index, own] = REFUSED_PART.exec(info.message) ?? [];
  if (sent.size === 0 || (!message && !index && !/\battachment\b/.test(info.message))) return false;
  const { content = '', attachments = [] } = messages[Number(message ?? index) - before] ?? {};
  const at = Number(part ?? own) - (hasText(content, attachments, sent) ? 1 : 0);
  const named = partsOf(attachments, sent)[at];
  const refused = named ? [named] : [...sent];
  Object.assign(info, refusal(refused), { retryable: true });
  return true;
}

/** @param {Attachment[]} refused */
function refusal(refused) {
  return {
    message: strings.refused(refused.map(({ name }) => name)),
    refused: refused.map(({ id }) => id),
  };
}

/**
 * @param {string} content
 * @param {Attachment[]} attachments
 * @param {Set<Attachment>} sent
 */
function hasText(content, attachments, sent) {
  return content.trim() !== '' || attachments.some(one => !sent.has(one));
}
