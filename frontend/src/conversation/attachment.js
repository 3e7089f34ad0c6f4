import { onDemandStrings } from '../strings/on-demand.js';

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
    if (text !== undefined) texts.push(codeBlock(file.name, text));
    else if (file.size > MAX_ATTACHMENT_BYTES)
      problems.push(strings.tooLarge(file.name, MAX_ATTACHMENT_BYTES / 1024));
    else problems.push(strings.notText(file.name));
  }
  return { texts, problems, said: strings.attached(texts.length) };
}

/**
 * @param {File} file
 * @returns {Promise<string | undefined>}  undefined if it is not UTF-8 text or not readable
 */
async function read(file) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Formats a file as a code block with a fence that is longer than any fence in it.
 * @param {string} name
 * @param {string} text
 */
function codeBlock(name, text) {
  const fences = (text.match(/`{3,}/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(Math.max(2, ...fences) + 1);
  const language = /\.(\w+)$/.exec(name)?.[1] ?? '';
  return `${name}:\n${fence}${language}\n${text.replace(/\r\n?/g, '\n').replace(/\n?$/, '\n')}${fence}\n`;
}
