import { strings } from '../strings.js';
import { element } from './element.js';

/** @import { Message } from '../conversation/message.js' */
/** @import { Turn } from './transcript.js' */

const foldedLines = 12;
const foldedLength = 1000; // characters; about as much as those lines hold

/**
 * A question. Its text never changes: an edited question is another message.
 * @param {Message} message
 * @returns {Turn}
 */
export function userTurn({ id, text }) {
  const bubble = element('div', { className: 'turn-text', dir: 'auto' }, text);
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.you);
  const article = element(
    'article',
    { className: 'turn', 'data-role': 'user', 'aria-labelledby': heading.id },
    heading,
    bubble,
  );
  if (isLong(text)) article.append(unfold(bubble));
  return { element: article, update() {} };
}

/** @param {string} text */
function isLong(text) {
  return text.length > foldedLength || text.split('\n', foldedLines + 1).length > foldedLines;
}

/** @param {HTMLElement} bubble */
function unfold(bubble) {
  const button = element(
    'button',
    { type: 'button', className: 'quiet-button', 'aria-expanded': 'false' },
    strings.showAll,
  );
  bubble.classList.add('folded');
  button.onclick = () => {
    const folded = bubble.classList.toggle('folded');
    button.setAttribute('aria-expanded', String(!folded));
    button.textContent = folded ? strings.showAll : strings.showLess;
  };
  return button;
}
