import { element } from '../element.js';
import { turnStrings } from '../strings/turns.js';
import { actionButton } from './action-button.js';
import { note } from './classes.js';

/** @import { Message } from '../conversation/conversation.js' */

const classes = `version-picker flex items-center [font-variant-numeric:tabular-nums] ${note} *:aria-disabled:opacity-40`;

/**
 * Previous/next version buttons; hidden if there is only one version.
 * @param {HTMLElement} heading  of the turn, which names the version
 * @param {(id: string) => void} select
 */
export function versionPicker(heading, select) {
  const name = heading.textContent;
  const previous = actionButton('previous', turnStrings.previousVersion, () => step(-1));
  const next = actionButton('next', turnStrings.nextVersion, () => step(1));
  const label = element('span');
  const group = { role: 'group', 'aria-label': turnStrings.versions, hidden: true };
  const root = element('div', { className: classes, ...group }, previous, label, next);
  /** @type {Message[]} */
  let versions = [];
  let index = 0;
  return { element: root, update };

  /**
   * @param {Message} message
   * @param {Message[]} all  its versions, itself included
   */
  function update(message, all) {
    versions = all;
    index = all.indexOf(message);
    const text = `${index + 1}/${all.length}`;
    if (text === label.textContent) return;
    label.textContent = text;
    root.hidden = all.length < 2;
    previous.ariaDisabled = String(index === 0);
    next.ariaDisabled = String(index === all.length - 1);
    heading.textContent = root.hidden ? name : turnStrings.versionOf(name, index + 1, all.length);
  }

  /** @param {1 | -1} offset */
  function step(offset) {
    const version = versions[index + offset];
    if (!version) return;
    const detail = turnStrings.version(index + offset + 1, versions.length);
    root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    select(version.id);
  }
}
