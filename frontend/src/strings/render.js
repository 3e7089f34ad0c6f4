import { counted } from './strings.js';
import { translated } from './translated.js';

/** The text of rendered Markdown that is not the answer's. */
export const renderStrings = translated('render', {
  copy: 'Copy',
  copied: 'Copied',
  failed: 'Failed',
  notCopied: 'Copying failed',
  copyCode: (/** @type {string} */ name) => (name ? `Copy ${name} code` : 'Copy code'),
  code: (/** @type {string} */ name) => (name ? `${name} code` : 'Code'),
  lines: (/** @type {number} */ count) => counted(count, 'line'),
  /** Said at the end of an answer. */
  complete: (/** @type {number} */ words) =>
    words > 0 ? `Answer complete, ${counted(words, 'word')}` : 'The answer has no text',
  formula: 'Formula',
  done: 'Done',
  toDo: 'To do',
  table: (/** @type {string[]} */ columns) => `Table: ${columns.join(', ')}`,
  /** Before the caption of an image; a style sheet has the English text. */
  image: 'Image: ',
});
