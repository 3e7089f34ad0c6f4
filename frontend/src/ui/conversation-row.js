import { element } from '../element.js';
import { sidebarStrings as strings } from '../strings/sidebar.js';
import { actionButton } from './action-button.js';
import { hover, stillDot } from './classes.js';

/** @import { Summary } from '../conversation/conversation.js' */
/** @import { FoundText } from './found-text.js' */

const itemClasses = 'relative lazy [contain-intrinsic-size:auto_max(2.25rem,var(--target))]';
const linkClasses = `list-item relative flow-root min-h-control rounded-lg ps-3 text-label leading-control ${hover}`;
const currentClasses = 'bg-bubble font-medium forced-outline';
const idleClasses = 'pe-[calc(var(--target)+0.25rem)] can-hover:idle-row:pe-3';
const answeringClasses = 'pe-[calc(var(--target)+1rem)]';
// Does not move: with an animation each key press would wait for the next frame of the display.
const dotClasses = `absolute top-[calc(50%-0.25rem)] end-[calc(var(--target)+0.125rem)] ${stillDot}`;
const moreClasses =
  'absolute end-0.5 top-[calc((max(2.25rem,var(--target))-var(--target))/2)] can-hover:idle-row:opacity-0 [.row-editor~&]:hidden';

/** @typedef {ReturnType<typeof conversationRow>} ConversationRow */

/**
 * A list item: the link to a conversation, the button for its actions, and those if expanded.
 * @param {Summary} conversation
 * @param {{ actions: Node | undefined, found: FoundText | undefined }} state
 * @param {(id: string) => void} toggle  expands or collapses the actions
 */
export function conversationRow({ id, title }, { actions, found }, toggle) {
  const properties = { id: `row-${id}`, href: `#${id}`, title };
  // Only the text has its own direction: the button stays on the side where the row leaves room.
  const text = element(
    'span',
    { className: 'block truncate', dir: 'auto' },
    ...(found?.(title) ?? [title]),
  );
  const link = element('a', properties, text);
  const label = strings.answering;
  const dot = element('span', { className: dotClasses, role: 'img', 'aria-label': label });
  const more = actionButton('more', strings.moreFor(title), () => toggle(id));
  more.id = `more-${id}`;
  more.className += ` ${moreClasses}`;
  more.ariaExpanded = String(actions !== undefined);
  const item = element('li', { className: itemClasses }, link, more);
  if (actions) {
    item.append(actions);
    item.onkeydown = event => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault(); // neither closes the drawer nor stops an answer
      toggle(id);
    };
  }
  return { element: item, update };

  /**
   * @param {boolean} current
   * @param {boolean} answering
   */
  function update(current, answering) {
    link.className = `${linkClasses} ${answering ? answeringClasses : idleClasses} ${current ? currentClasses : ''}`;
    link.ariaCurrent = current ? 'page' : null;
    if (!answering) dot.remove();
    else if (!dot.parentNode) link.append(dot);
  }
}
