import { onDemandStrings } from '../strings/on-demand.js';
import { quotedFile } from './code-block.js';
import { decodeText } from './decode-text.js';

const { attach: strings } = onDemandStrings;
const MAX_ATTACHMENT_BYTES = 100 * 1024; // about 25,000 tokens

/**
 * Reads text files and quotes them as Markdown code blocks for a message.
 * @param {Iterable<File>} files
 * @returns {Promise<{ texts: string[], problems: string[], said: string }>}
 */
export async function attachments(files) {
  /** @type {string[]} */
  const texts = [];
  /** @type {string[]} */
  const problems = [];
  for (const file of files) {
    const text = file.size > MAX_ATTACHMENT_BYTES ? undefined : await read(file);
    if (text !== undefined) texts.push(quotedFile(file.name, text));
    else if (file.size > MAX_ATTACHMENT_BYTES)
      problems.push(strings.tooLarge(file.name, MAX_ATTACHMENT_BYTES / 1024));
    else problems.push(strings.notText(file.name));
  }
  return { texts, problems, said: strings.attached(texts.length) };
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
