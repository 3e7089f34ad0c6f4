/** @typedef {{ line: number, language: string, state: string, text: string }} Block */
/** @typedef {{ line: number, code: string, outputs: Output[] }} Command  that a test can run */
/** @typedef {{ state: string, lines: string[] }} Output  what the command shows in that state */

const healthy = 'healthy';
const fence = /^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$/gms;

/**
 * The blocks of a runbook between their fences. After the language may stand the state of the pair
 * that the block is about.
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocks(markdown) {
  return Array.from(markdown.matchAll(fence), found => {
    const [, indent, language, state = healthy, text] = found;
    const line = markdown.slice(0, found.index).split('\n').length;
    return { line, language, state, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

/**
 * The commands of a runbook, each with the outputs that the `text` blocks behind it show.
 * @param {string} markdown
 */
export function commands(markdown) {
  /** @type {Command[]} */
  const found = [];
  let shown = false; // whether a `text` block here would be of the last command
  for (const { line, language, state, text } of blocks(markdown)) {
    if (language === 'sh') found.push({ line, code: text, outputs: [] });
    if (language === 'text' && shown)
      found.at(-1)?.outputs.push({ state, lines: text.trimEnd().split('\n') });
    shown = language === 'sh' || (shown && language === 'text');
  }
  return found;
}

/**
 * Whether an output has these lines in this order, whatever is between them. An ellipsis stands for
 * anything, and space is space however long.
 * @param {string} output
 * @param {string[]} lines
 */
export function shows(output, lines) {
  const left = output.split('\n').map(squeeze);
  return lines.every(line => {
    const at = left.findIndex(text => pattern(line).test(text));
    left.splice(0, at + 1);
    return at >= 0;
  });
}

/** @param {string} line */
function pattern(line) {
  const parts = squeeze(line).split('…');
  return new RegExp(
    `^${parts.map(part => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('.*')}$`,
  );
}

/** @param {string} text */
function squeeze(text) {
  return text.trim().replace(/\s+/g, ' ');
}
