import { mergeArchive, parseArchive, serializeArchive } from '../conversation/archive.js';
import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { download } from './download.js';
import { buttonGroup } from './on-demand-classes.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Snapshot } from '../conversation/archive.js' */

/**
 * @typedef {object} Archives
 * @property {() => Promise<Snapshot>} exportAll
 * @property {(conversations: Conversation[]) => void} importAll
 */

/**
 * Buttons that export all conversations to a file and import them from one.
 * @param {Archives} handlers
 */
export function archives({ exportAll, importAll }) {
  const { settings: words } = onDemandStrings;
  const result = element('p', { role: 'status', className: 'text-sm not-empty:pt-2' });
  const file = element('input', {
    type: 'file',
    accept: '.json,application/json',
    hidden: true,
    'aria-label': words.import,
  });
  file.onchange = async () => {
    result.textContent = await importFile();
    file.value = '';
  };
  const buttons = [
    textButton(words.exportAll, exportFile),
    textButton(words.import, () => file.click()),
  ];
  return [element('div', { className: buttonGroup }, ...buttons, file), result];

  async function exportFile() {
    const day = new Date().toISOString().slice(0, 10);
    download(`conversations-${day}.json`, 'application/json', serializeArchive(await exportAll()));
  }

  /** @returns {Promise<string>}  the result, for display */
  async function importFile() {
    try {
      const imported = parseArchive((await file.files?.[0].text()) ?? '');
      importAll(mergeArchive(imported, await exportAll()));
      return words.imported(imported.length);
    } catch {
      return words.invalidArchive;
    }
  }
}
