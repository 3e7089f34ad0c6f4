import { element } from '../element.js';
import workerUrl from '../import/import-worker.js?worker&url';
import { importStrings as words } from '../strings/import.js';
import { textButton } from './action-button.js';
import { importStatus, importProgress as progressClasses } from './on-demand-classes.js';
import { scriptUrl } from './script-url.js';

/** @import { WorkerMessage } from '../import/import-worker.js' */
/** @import { ImportResult } from '../import/stored-import.js' */
/** @import { Change } from '../store/write-behind.js' */

/**
 * Imports files in a worker, and shows the progress with a button to cancel, then the result. The
 * Escape key and the end of the dialog cancel, too. Returns whether the focus was on that button.
 * @param {HTMLElement} parent
 * @param {File[]} files
 * @param {(changes: Change[]) => void} apply
 */
export async function importProgress(parent, files, apply) {
  const status = element('p', { role: 'status' }, words.progress);
  const bar = element('progress', { max: 1, value: 0, className: progressClasses });
  bar.ariaLabel = words.progress;
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module' });
  const canceled = new AbortController();
  const cancel = textButton(words.cancel, () => canceled.abort());
  parent.replaceChildren(element('div', { className: importStatus }, status, bar, cancel));
  cancel.focus();
  const dialog = parent.closest('dialog');
  const { signal } = canceled;
  dialog?.addEventListener('cancel', onEscape, { signal });
  dialog?.addEventListener('close', () => canceled.abort(), { signal });
  status.textContent = await new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(words.cancelled));
    worker.onerror = () => resolve(words.failed);
    worker.onmessage = ({ data }) => onMessage(data, resolve);
    worker.postMessage(files);
  });
  worker.terminate();
  const hadFocus = document.activeElement === cancel;
  canceled.abort(); // removes the listeners
  cancel.remove();
  bar.remove();
  return hadFocus;

  /** @param {Event} event */
  function onEscape(event) {
    event.preventDefault();
    canceled.abort();
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
      apply(message.result.changes);
      finish(summary(message.result));
    }
  }
}

/** @param {ImportResult} result */
function summary({ imported, known, skipped, omitted }) {
  const { empty, unreadable, tooLarge } = words.skipped;
  return [
    words.imported(imported),
    known > 0 && words.known(known),
    skipped.empty > 0 && empty(skipped.empty),
    skipped.unreadable > 0 && unreadable(skipped.unreadable),
    skipped.tooLarge > 0 && tooLarge(skipped.tooLarge),
    omitted > 0 && words.omitted(omitted),
  ]
    .filter(Boolean)
    .join(' ');
}
