/**
 * A part of a message: text, a fenced code block, or an attached file, which has a name.
 * @typedef {{ type: 'text' | 'code' | 'file', text: string, info: string, name: string }} Part
 */

const openingFence = /^(`{3,}|~{3,})([^`]*)$/;

/**
 * Splits a message at its fenced code blocks. A block is an attached file if the line before it is a
 * file name with a colon, and the info string is the extension of that name (attachment.js). Without
 * a closing fence, a block reaches to the end.
 * @param {string} message
 * @returns {Part[]}
 */
export function messageParts(message) {
  /** @type {Part[]} */
  const parts = [];
  /** @type {string[]} */
  let text = [];
  const lines = message.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, fence, rest] = openingFence.exec(lines[at]) ?? [];
    if (!fence) {
      text.push(lines[at]);
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !closes(lines[end], fence)) end++;
    const [info, code] = [rest.trim(), lines.slice(at + 1, end).join('\n')];
    const name = fileName(text.at(-1), info);
    if (name) text.pop();
    addText();
    parts.push({ type: name ? 'file' : 'code', text: code, info, name });
    at = end;
  }
  addText();
  return parts;

  function addText() {
    const joined = text.join('\n');
    const shown = parts.length > 0 || joined.length < message.length ? trimmed(joined) : joined;
    if (shown) parts.push({ type: 'text', text: shown, info: '', name: '' });
    text = [];
  }
}

/**
 * @param {string} line
 * @param {string} fence
 */
function closes(line, fence) {
  const end = line.trimEnd();
  return end.startsWith(fence) && end === fence[0].repeat(end.length);
}

/**
 * @param {string | undefined} line  before a code block
 * @param {string} info
 */
function fileName(line = '', info) {
  const name = line.endsWith(':') ? line.slice(0, -1) : '';
  return name.endsWith(`.${info}`) && /^\w+$/.test(info) ? name : '';
}

/** Without the blank lines around it. @param {string} text */
function trimmed(text) {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
