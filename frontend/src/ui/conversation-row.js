import { element } from '../element.js';
import { sidebarStrings as strings } from '../strings/sidebar.js';
import { actionButton } from './action-button.js';
import { hover, spinnerDot } from './classes.js';

/** @import { Summary } from '../conversation/conversation.js' */

const itemClasses =
  'relative [contain-intrinsic-size:auto_max(2.25rem,var(--target))] [content-visibility:auto]';
const linkClasses = `list-item relative flow-root min-h-control rounded-lg ps-3 text-label leading-control ${hover}`;
const currentClasses = 'bg-bubble font-medium forced-outline';
const idleClasses = 'pe-[calc(var(--target)+0.25rem)] can-hover:idle-row:pe-3';
const answeringClasses = 'pe-[calc(var(--target)+1rem)]';
const dotClasses = `absolute top-[calc(50%-0.25rem)] end-[calc(var(--target)+0.125rem)] ${spinnerDot}`;
const moreClasses =
  'absolute end-0.5 top-[calc((max(2.25rem,var(--target))-var(--target))/2)] can-hover:idle-row:opacity-0 [.row-editor~&]:hidden';

/**
 * A list item: the link to a conversation, the button for its actions, and those if expanded.
 * @param {Summary} conversation
 * @param {{ current: boolean, answering: boolean, actions: Node | undefined }} state
 * @param {(id: string) => void} toggle  expands or collapses the actions
 */
export function conversationRow({ id, title }, { current, answering, actions }, toggle) {
  const className = `${linkClasses} ${answering ? answeringClasses : idleClasses} ${current ? currentClasses : ''}`;
  const properties = { id: `row-${id}`, className, href: `#${id}`, title };
  // Only the text has its own direction: the button stays on the side where the row leaves room.
  const text = element('span', { className: 'block truncate', dir: 'auto' }, title);
  const link = element('a', properties, text);
  if (current) link.ariaCurrent = 'page';
  if (answering) {
    const label = strings.answering;
    link.append(element('span', { className: dotClasses, role: 'img', 'aria-label': label }));
  }
  const more = actionButton('more', strings.moreFor(title), () => toggle(id));
  more.id = `more-${id}`;
  more.className += ` ${moreClasses}`;
  more.ariaExpanded = String(actions !== undefined);
  const item = element('li', { className: itemClasses }, link, more);
  if (actions) item.append(actions);
  return item;
}
