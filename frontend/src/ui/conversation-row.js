import { strings } from '../strings/strings.js';
import { actionButton } from './action-button.js';
import { element } from './element.js';

/** @import { Summary } from '../conversation/conversation.js' */

/**
 * A conversation in the list.
 * @param {Summary} conversation
 * @param {{ current: boolean, answering: boolean, actions: Node | undefined }} state  what can be done to it, if shown
 * @param {(id: string) => void} toggle  shows what can be done, or hides it
 */
export function conversationRow(conversation, { current, answering, actions }, toggle) {
  const { id, title } = conversation;
  const more = actionButton('more', strings.moreFor(title), () => toggle(id));
  more.id = `more-${id}`;
  more.ariaExpanded = String(actions !== undefined);
  const item = element('li', {}, link(conversation, current, answering), more);
  if (actions) item.append(actions);
  return item;
}

/**
 * @param {Summary} conversation
 * @param {boolean} current
 * @param {boolean} answering
 */
function link({ id, title }, current, answering) {
  const properties = { id: `row-${id}`, className: 'row', href: `#${id}`, title, dir: 'auto' };
  const made = element('a', properties, title);
  if (current) made.ariaCurrent = 'page';
  if (answering) made.append(dot());
  return made;
}

function dot() {
  return element('span', { className: 'dot', role: 'img', 'aria-label': strings.answeringNow });
}
