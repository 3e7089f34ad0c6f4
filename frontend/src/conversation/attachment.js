import { onDemandStrings } from '../strings/on-demand.js';

const { attach: strings } = onDemandStrings;
const most = 100 * 1024; // bytes of one file; some 25,000 tokens

/**
 * Reads text files into what a message says, without sending them anywhere.
 * @param {Iterable<File>} files
 * @returns {Promise<{ texts: string[], problems: string[], said: string }>}
 */
export async function attachments(files) {
  /** @type {string[]} */
  const texts = [];
  /** @type {string[]} */
  const problems = [];
  for (const file of files) {
    const text = file.size > most ? undefined : await read(file);
    if (text !== undefined) texts.push(quoted(file.name, text));
    else if (file.size > most) problems.push(strings.tooLarge(file.name, most / 1024));
    else problems.push(strings.notText(file.name));
  }
  return { texts, problems, said: strings.attached(texts.length) };
}

/**
 * @param {File} file
 * @returns {Promise<string | undefined>}  nothing, if it is not text or cannot be read
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
 * As a block of code, in a fence that is longer than any in it.
 * @param {string} name
 * @param {string} text
 */
function quoted(name, text) {
  const within = (text.match(/`{3,}/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(Math.max(2, ...within) + 1);
  const language = /\.(\w+)$/.exec(name)?.[1] ?? '';
  return `${name}:\n${fence}${language}\n${text.replace(/\r\n?/g, '\n').replace(/\n?$/, '\n')}${fence}\n`;
}
