import { element } from '../element.js';
import { codeBlock } from '../render/code-block.js';
import { softBreaks } from '../render/soft-breaks.js';
import { strings } from '../strings/strings.js';
import { fileChip, fileText } from './classes.js';
import { icon } from './icon.js';

/** @import { Part } from '../conversation/message-parts.js' */

/**
 * Shows the parts of a question: text as it was written, code as a block, and each file as a chip
 * that opens to its text.
 * @param {Part[]} parts
 * @returns {(Node | string)[]}
 */
export function userText(parts) {
  if (parts.length === 1 && parts[0].type === 'text') return breakable(parts[0].text);
  return parts.map(part => {
    if (part.type === 'file') return file(part);
    if (part.type === 'text') return element('div', { dir: 'auto' }, ...breakable(part.text));
    const { node, update } = codeBlock(part.info);
    update({ text: part.text, closed: true }, true);
    return node;
  });
}

/** @param {Part} part */
function file({ name, text, info }) {
  const { node, update } = codeBlock(info);
  update({ text, closed: false }, false);
  const size = strings.fileSize(new Blob([text]).size);
  const summary = element(
    'summary',
    { className: fileChip },
    icon('attach'),
    element('span', { className: 'truncate', dir: 'auto' }, name),
    element('span', { className: 'shrink-0 text-note text-muted' }, size),
  );
  const root = element(
    'details',
    { className: 'min-w-0' },
    summary,
    element('div', { className: fileText }, node),
  );
  root.addEventListener('toggle', () => update({ text, closed: true }, true), { once: true });
  return root;
}

/** @param {string} text */
function breakable(text) {
  const [first, ...rest] = softBreaks(text);
  return [first, ...rest.flatMap(part => [element('wbr'), part])];
}
