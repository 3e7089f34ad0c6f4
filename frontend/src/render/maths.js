import { maths, mathsOpening } from './rules.js';

const MAX_OPEN = 1000; // characters; a longer open formula is shown as it is written
const closing = { '\\': /\\\][.,;]?|(?=\n[ \t]*\n)|$/g, $: /\$\$[.,;]?|(?=\n[ \t]*\n)|$/g };

/** @typedef {{ type: 'maths', raw: string, text: string, block: boolean }} Maths */

/**
 * @param {string} source
 * @returns {Maths | import('marked').Tokens.Escape | undefined}
 */
export function inlineMaths(source) {
  const raw = maths.exec(source)?.[0];
  if (!raw) return undefined;
  if (/^\$(?!\$)/.test(raw)) return { type: 'escape', raw, text: raw };
  return { type: 'maths', raw, text: raw, block: !raw.startsWith('\\(') };
}

/**
 * A formula with lines of its own. Without an end, it ends before the next blank line.
 * @param {string} source
 * @param {boolean} incomplete  whether more text follows, so that an open formula is held back
 * @returns {Maths | import('marked').Tokens.Space | undefined}
 */
export function blockMaths(source, incomplete) {
  const first = mathsOpening.exec(source)?.[0];
  if (!first) return undefined;
  const end = closing[first.trim().startsWith('$') ? '$' : '\\'];
  end.lastIndex = first.length;
  const found = end.exec(source)?.[0];
  const raw = source.slice(0, end.lastIndex);
  if (incomplete && !found && raw === source && raw.length < MAX_OPEN)
    return { type: 'space', raw };
  return { type: 'maths', raw, text: raw.trim(), block: true };
}
