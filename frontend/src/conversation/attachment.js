import { fileType, HEAD_BYTES } from '../attachments/file-type.js';
import { attachmentStrings } from '../strings/attachments.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { quotedFile } from './code-block.js';
import { decodeText } from './decode-text.js';

/** @import { FileType } from '../attachments/file-type.js' */
/** @import { Accepted } from '../stream/capabilities.js' */
/** @typedef {{ file: File, type: FileType }} Media  an image or a PDF */

const { attach: strings } = onDemandStrings;
const { problems: reasons } = attachmentStrings;
const MAX_ATTACHMENT_BYTES = 100 * 1024; // about 25,000 tokens

/**
 * Reads text files and quotes them as Markdown code blocks for a message. Images and PDFs are `media`,
 * if the chat takes them.
 * @param {Iterable<File>} files
 * @param {() => Promise<Accepted[] | undefined>} whenAccepts  asked if there is an image or a PDF
 * @returns {Promise<{ texts: string[], media: Media[], problems: string[], said: string }>}
 */
export async function attachments(files, whenAccepts = async () => []) {
  /** @type {string[]} */
  const texts = [];
  /** @type {Media[]} */
  const media = [];
  /** @type {string[]} */
  const problems = [];
  for (const file of files) {
    const type = await typeOf(file);
    const isMedia = type !== undefined && type !== 'svg';
    const refusal = isMedia ? await refusalOf(type, file.name, whenAccepts) : undefined;
    if (refusal) problems.push(refusal);
    else if (isMedia) media.push({ file, type });
    else if (claimsImage(file) && type === 'svg') problems.push(reasons.svg(file.name));
    else if (file.size > MAX_ATTACHMENT_BYTES)
      problems.push(strings.tooLarge(file.name, MAX_ATTACHMENT_BYTES / 1024));
    else {
      const text = await read(file);
      if (text !== undefined) texts.push(quotedFile(file.name, text));
      else problems.push(await unreadable(file, whenAccepts));
    }
  }
  return { texts, media, problems, said: strings.attached(texts.length) };
}

/** @param {File} file */
async function typeOf(file) {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => undefined); // a folder
  return head && fileType(new Uint8Array(head));
}

/**
 * Why the chat does not take an image or a PDF.
 * @param {FileType} type
 * @param {string} name
 * @param {() => Promise<Accepted[] | undefined>} whenAccepts
 */
async function refusalOf(type, name, whenAccepts) {
  const accepts = await whenAccepts().catch(() => undefined);
  if (!accepts) return reasons.unknown(name);
  if (accepts.length === 0) return reasons.textOnly(name);
  if (type === 'pdf') return accepts.includes('files') ? undefined : reasons.noFiles(name);
  return accepts.includes('images') ? undefined : reasons.noImages(name);
}

/** Whether its name or the operating system says that it is a picture of pixels. @param {File} file */
function claimsImage({ type }) {
  return type.startsWith('image/') && !type.startsWith('image/svg');
}

/**
 * @param {File} file
 * @param {() => Promise<Accepted[] | undefined>} whenAccepts
 */
async function unreadable(file, whenAccepts) {
  const accepts = claimsImage(file) ? await whenAccepts().catch(() => undefined) : undefined;
  return accepts?.includes('images') ? reasons.notImage(file.name) : strings.notText(file.name);
}

/**
 * @param {File} file
 * @returns {Promise<string | undefined>}  undefined if it is not text or not readable
 */
async function read(file) {
  try {
    return decodeText(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return undefined;
  }
}
