import { strings } from '../strings.js';
import { actionButton } from './action-button.js';
import { element } from './element.js';

/** @import { Listed } from '../chat.js' */

/**
 * What can be done to a conversation in the list.
 * @typedef {object} RowVerbs
 * @property {(id: string) => void} more  shows what can be done, or hides it
 * @property {(id: string) => void} rename
 * @property {(id: string) => void} pin
 * @property {(id: string) => void} remove
 */

/**
 * @param {Listed} conversation
 * @param {{ current: boolean, expanded: boolean }} state
 * @param {RowVerbs} verbs
 */
export function conversationRow(conversation, { current, expanded }, verbs) {
  const { id, title } = conversation;
  const more = actionButton('more', strings.moreFor(title), () => verbs.more(id));
  more.id = `more-${id}`;
  more.ariaExpanded = String(expanded);
  const item = element('li', {}, link(conversation, current), more);
  if (expanded) item.append(actions(conversation, verbs));
  return item;
}

/**
 * @param {Listed} conversation
 * @param {boolean} current
 */
function link({ id, title, answering }, current) {
  const properties = { id: `row-${id}`, className: 'row', href: `#${id}`, title, dir: 'auto' };
  const made = element('a', properties, title);
  if (current) made.ariaCurrent = 'page';
  if (answering) made.append(dot());
  return made;
}

function dot() {
  return element('span', { className: 'dot', role: 'img', 'aria-label': strings.answeringNow });
}

/**
 * @param {Listed} conversation
 * @param {RowVerbs} verbs
 */
function actions({ id, pinned }, { rename, pin, remove }) {
  return element(
    'div',
    { className: 'row-actions' },
    action(`rename-${id}`, strings.rename, () => rename(id)),
    action(`pin-${id}`, pinned ? strings.unpin : strings.pin, () => pin(id)),
    action(`remove-${id}`, strings.remove, () => remove(id)),
  );
}

/**
 * @param {string} id
 * @param {string} name
 * @param {() => void} onclick
 */
function action(id, name, onclick) {
  return element('button', { id, type: 'button', className: 'quiet-button', onclick }, name);
}
