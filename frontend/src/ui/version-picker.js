import { strings } from '../strings/strings.js';
import { actionButton } from './action-button.js';
import { element } from './element.js';

/** @import { Message } from '../conversation/message.js' */

/**
 * Turns from one version of a message to another. It is there where there are two.
 * @param {HTMLElement} heading  of the turn, which says which version it is
 * @param {(id: string) => void} select
 */
export function versionPicker(heading, select) {
  const name = heading.textContent;
  const previous = actionButton('previous', strings.previousVersion, () => turn(-1));
  const next = actionButton('next', strings.nextVersion, () => turn(1));
  const label = element('span');
  const root = element(
    'div',
    { className: 'pager', role: 'group', 'aria-label': strings.versions, hidden: true },
    previous,
    label,
    next,
  );
  /** @type {Message[]} */
  let versions = [];
  let at = 0;
  return { element: root, update };

  /**
   * @param {Message} message
   * @param {Message[]} all  that could stand in its place, itself among them
   */
  function update(message, all) {
    versions = all;
    at = all.indexOf(message);
    const place = `${at + 1}/${all.length}`;
    if (place === label.textContent) return;
    label.textContent = place;
    root.hidden = all.length < 2;
    previous.ariaDisabled = String(at === 0);
    next.ariaDisabled = String(at === all.length - 1);
    heading.textContent = root.hidden ? name : strings.versionOf(name, at + 1, all.length);
  }

  /** @param {1 | -1} step */
  function turn(step) {
    const version = versions[at + step];
    if (!version) return;
    const detail = strings.version(at + step + 1, versions.length);
    root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    select(version.id);
  }
}
