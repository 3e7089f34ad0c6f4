/**
 * Formats a text as a Markdown code block, with a fence that is longer than any fence in it.
 * @param {string} language
 * @param {string} text
 */
export function codeBlock(language, text) {
  const fences = (text.match(/`{3,}/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(fences.reduce((one, other) => Math.max(one, other), 2) + 1);
  const body = text.replace(/\r\n?/g, '\n').replace(/\n?$/, '\n');
  return `${fence}${language}\n${body}${fence}`;
}

/**
 * A file that is quoted in a message.
 * @param {string} name
 * @param {string} text
 */
export function quotedFile(name, text) {
  return `${name}:\n${codeBlock(/\.(\w+)$/.exec(name)?.[1] ?? '', text)}\n`;
}
