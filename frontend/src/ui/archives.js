import { withData } from '../attachments/archived-attachments.js';
import { serializeArchive } from '../conversation/archive.js';
import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { download } from './download.js';
import { buttonGroup, importArea } from './on-demand-classes.js';

/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Change } from '../store/write-behind.js' */

/**
 * `flush` saves what the page has not yet saved, before an import reads it.
 * @typedef {object} Archives
 * @property {() => Promise<Snapshot>} exportAll
 * @property {(changes: Change[]) => void} applyImport
 * @property {() => void} flush
 * @property {() => string} instructions  for the model, in all conversations
 * @property {(instructions: string) => boolean} importInstructions  false if there are others
 */

/**
 * Buttons that export all conversations to a file and import them from files.
 * @param {Archives} handlers
 */
export function archives({ exportAll, applyImport, flush, instructions, importInstructions }) {
  const { settings: words } = onDemandStrings;
  const status = element('p', { role: 'status', className: 'min-w-0 wrap-anywhere' });
  const area = element('div', { className: importArea }, status);
  const files = element('input', {
    type: 'file',
    accept: '.json,.zip,application/json,application/zip',
    multiple: true,
    hidden: true,
    'aria-label': words.import,
  });
  files.onchange = importFiles;
  const importButton = textButton(words.import, () => {
    if (importButton.ariaDisabled !== 'true') files.click();
  });
  const group = element(
    'div',
    { className: buttonGroup },
    textButton(words.exportAll, exportFile),
    importButton,
    files,
  );
  return [group, area];

  async function exportFile() {
    status.textContent = '';
    await saveFile().catch(() => {
      status.textContent = words.exportFailed;
    });
  }

  async function saveFile() {
    const day = new Date().toISOString().slice(0, 10);
    const { conversations, messages } = await exportAll();
    const archived = await withData(messages);
    const parts = serializeArchive({
      conversations,
      messages: archived,
      instructions: instructions(),
    });
    download(`conversations-${day}.json`, 'application/json', parts);
  }

  async function importFiles() {
    const chosen = [...(files.files ?? [])];
    files.value = ''; // the same file can be chosen again
    const { importProgress } = await import('./import-progress.js');
    importButton.ariaDisabled = 'true';
    flush();
    const apply = { changes: applyImport, instructions: importInstructions };
    const hadFocus = await importProgress(status, chosen, apply);
    importButton.ariaDisabled = 'false';
    if (hadFocus) importButton.focus();
  }
}
