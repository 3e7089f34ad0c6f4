import { element } from '../element.js';
import workerUrl from '../import/import-worker.js?worker&url';
import { importStrings as words } from '../strings/import.js';
import { textButton } from './action-button.js';
import { importProgress as progressClasses } from './on-demand-classes.js';
import { scriptUrl } from './script-url.js';

/** @import { WorkerMessage } from '../import/import-worker.js' */
/** @import { ImportResult } from '../import/stored-import.js' */
/** @import { Change } from '../store/write-behind.js' */

/**
 * Imports files in a worker. Shows the progress and a button to cancel beside the status, and then
 * the result in it. The Escape key and the end of the dialog cancel, too. Returns whether the focus
 * was on that button.
 * @param {HTMLElement} status
 * @param {File[]} files
 * @param {{ changes: (changes: Change[]) => void, instructions: (text: string) => boolean }} apply
 */
export async function importProgress(status, files, apply) {
  status.textContent = words.progress;
  const bar = element('progress', { max: 1, value: 0, className: progressClasses });
  bar.ariaLabel = words.progress;
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module' });
  const cancelButton = textButton(words.cancel, cancel);
  status.after(bar, cancelButton);
  cancelButton.focus();
  const dialog = status.closest('dialog');
  const finished = new AbortController();
  const { signal } = finished;
  dialog?.addEventListener('cancel', onEscape, { signal });
  dialog?.addEventListener('close', cancel, { signal });
  const text = await new Promise(resolve => {
    worker.onerror = () => resolve(words.failed);
    worker.onmessage = ({ data }) => onMessage(data, resolve);
    worker.postMessage({ files, placeholders: words.placeholders });
  });
  status.textContent = text;
  if (!status.isConnected) document.dispatchEvent(new CustomEvent('announce', { detail: text }));
  finished.abort();
  worker.terminate();
  const hadFocus = document.activeElement === cancelButton;
  cancelButton.remove();
  bar.remove();
  return hadFocus;

  /** The worker answers: it may have stored everything already. */
  function cancel() {
    worker.postMessage('cancel');
  }

  /** @param {Event} event */
  function onEscape(event) {
    event.preventDefault();
    cancel();
  }

  /**
   * @param {WorkerMessage} message
   * @param {(text: string) => void} finish
   */
  function onMessage(message, finish) {
    if ('progress' in message) bar.value = message.progress;
    else if ('refused' in message)
      finish(words.refused[message.refused](message.file, message.detail));
    else if ('failed' in message) finish(words.failed);
    else {
      const { changes, instructions } = message.result;
      apply.changes(changes);
      const hasInstructions = instructions !== undefined && apply.instructions(instructions);
      finish(summary(message.result, hasInstructions));
    }
  }
}

/**
 * @param {ImportResult} result
 * @param {boolean} hasInstructions  whether the import has set them
 */
function summary({ imported, known, skipped, omitted }, hasInstructions) {
  const { empty, unreadable, tooLarge } = words.skipped;
  return [
    words.imported(imported),
    known > 0 && words.known(known),
    hasInstructions && words.instructions,
    skipped.empty > 0 && empty(skipped.empty),
    skipped.unreadable > 0 && unreadable(skipped.unreadable),
    skipped.tooLarge > 0 && tooLarge(skipped.tooLarge),
    omitted > 0 && words.omitted(omitted),
  ]
    .filter(Boolean)
    .join(' ');
}
