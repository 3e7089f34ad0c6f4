import { mergeArchive, parseArchive, serializeArchive } from '../conversation/archive.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { download } from './download.js';
import { element } from './element.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Snapshot } from '../conversation/archive.js' */

/**
 * @typedef {object} Archives
 * @property {() => Promise<Snapshot>} everything
 * @property {(some: Conversation[]) => void} take
 */

/**
 * Takes all conversations out of this browser and into it.
 * @param {Archives} verbs
 */
export function archives({ everything, take }) {
  const { settings: words } = onDemandStrings;
  const result = element('p', { role: 'status', className: 'result' });
  const file = element('input', {
    type: 'file',
    accept: '.json,application/json',
    hidden: true,
    'aria-label': words.take,
  });
  file.onchange = async () => {
    result.textContent = await read();
    file.value = '';
  };
  return [
    element(
      'div',
      { className: 'choices' },
      button(words.saveAll, save),
      button(words.take, () => file.click()),
      file,
    ),
    result,
  ];

  async function save() {
    const day = new Date().toISOString().slice(0, 10);
    download(`conversations-${day}.json`, 'application/json', serializeArchive(await everything()));
  }

  /** @returns {Promise<string>}  what became of it */
  async function read() {
    try {
      const theirs = parseArchive((await file.files?.[0].text()) ?? '');
      take(mergeArchive(theirs, await everything()));
      return words.taken(theirs.length);
    } catch {
      return words.malformed;
    }
  }
}

/**
 * @param {string} label
 * @param {() => void} onclick
 */
function button(label, onclick) {
  return element('button', { type: 'button', className: 'offer', onclick }, label);
}
