import { element } from '../element.js';
import { activityStrings as words } from '../strings/activity.js';
import { note } from './classes.js';

/** @import { Source } from '../conversation/sources.js' */

const summaryClasses =
  'min-h-target w-fit content-center rounded-lg px-2 -ms-2 text-sm text-muted hover:bg-bubble hover:text-text';

/** The list of what an answer cites, below its text. */
export function turnSources() {
  const head = element('summary', { className: summaryClasses });
  const list = element('ol', { className: 'grid gap-1 pt-1 pb-2 text-sm' });
  const root = element('details', { className: 'mt-3', hidden: true }, head, list);
  /** @type {Source[] | undefined} */
  let shown;
  return { element: root, update };

  /** @param {Source[]} sources */
  function update(sources) {
    if (sources === shown) return;
    shown = sources;
    root.hidden = sources.length === 0;
    head.textContent = words.sources(sources.length);
    list.replaceChildren(
      ...sources.map(source => element('li', { className: 'min-w-0' }, ...item(source))),
    );
  }
}

/**
 * @param {Source} source
 * @returns {(Node | string)[]}
 */
function item(source) {
  if (!('url' in source)) return [element('bdi', {}, source.filename)];
  const { host } = new URL(source.url);
  const properties = { href: source.url, rel: 'noopener noreferrer nofollow', target: '_blank' };
  const className = 'text-accent underline';
  const title = element('bdi', {}, source.title ?? host);
  const link = element('a', { className, 'data-host': host, ...properties }, title);
  return source.title ? [link, ' ', element('span', { className: note }, host)] : [link];
}
