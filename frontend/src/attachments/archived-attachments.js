import { dataUrl } from './data-url.js';
import { fileType } from './file-type.js';
import { MAX_PDF_BYTES } from './pdf.js';
import { reencode } from './reencode.js';

/** @import { Attachment, Conversation, Message } from '../conversation/conversation.js' */
/** @typedef {Attachment & { data?: string }} Archived  base64, in the place of the bytes */

/**
 * Messages with the bytes of their attachments as base64, for an archive. One that the browser has
 * lost is left out.
 * @param {Message[]} messages
 * @returns {Promise<Message[]>}
 */
export async function withData(messages) {
  const archived = [];
  for (const message of messages) {
    if (!message.attachments) {
      archived.push(message);
      continue;
    }
    const attachments = [];
    for (const one of message.attachments) {
      const data = (await dataUrl(one.blob).catch(() => '')).split(',')[1];
      if (data) attachments.push({ ...one, data });
    }
    archived.push({ ...message, attachments });
  }
  return archived;
}

/**
 * An attachment of an archive, which is untrusted: it is what its bytes are, and an image is encoded
 * again. Undefined if it cannot be read.
 * @param {Archived} archived
 * @returns {Promise<Attachment | undefined>}
 */
export async function imported({ data = '', blob: _blob, ...attachment }) {
  const bytes = decoded(data);
  const type = fileType(bytes);
  if (attachment.type === 'pdf')
    return type === 'pdf' && bytes.length <= MAX_PDF_BYTES
      ? { ...attachment, blob: new Blob([bytes], { type: 'application/pdf' }) }
      : undefined;
  if (type === undefined || type === 'pdf' || type === 'svg') return undefined;
  const encoded = await reencode(new Blob([bytes])).catch(() => undefined);
  return encoded && { ...attachment, ...encoded };
}

/** No bytes if it is not base64. @param {string} data */
function decoded(data) {
  try {
    return Uint8Array.from(atob(data), character => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/**
 * A read conversation with the imported attachments, and with the number of those that are left out.
 * @template {{ conversation: Conversation, omitted: number }} T
 * @param {T} result
 * @param {Map<string, Attachment | undefined>} attachments  by the identifiers of the message and of the attachment
 * @returns {T}
 */
export function withAttachments(result, attachments) {
  let { omitted } = result;
  const messages = Object.values(result.conversation.messages).map(message => {
    if (!message.attachments) return message;
    const own = message.attachments
      .map(({ id }) => attachments.get(`${message.id} ${id}`))
      .filter(one => one !== undefined);
    omitted += message.attachments.length - own.length;
    return { ...message, attachments: own };
  });
  const byId = Object.fromEntries(messages.map(one => [one.id, one]));
  return { ...result, omitted, conversation: { ...result.conversation, messages: byId } };
}
