import { storedSetting } from './stored-setting.js';

/** @import { Parts } from '../attachments/attachment-drafts.js' */
/** @import { Gateway } from '../stream/gateway.js' */
/** @import { AttachmentTray } from './attachment-tray.js' */
/** @import { Composer } from './composer.js' */
/** @import { ModuleLoader } from './module-loader.js' */

/**
 * Adds files to the message: from the file picker, the clipboard, or a drop anywhere on the page,
 * where the browser would otherwise navigate to the file. Text becomes part of the message; images
 * and PDFs are attached to it if the gateway takes them, by a module that is loaded then. Dropped text
 * is added too.
 * @param {HTMLFormElement} form
 * @param {Parts & { gateway: Gateway, composer: Composer, load: ModuleLoader['load'] }} parts
 */
export function fileAttachments(form, parts) {
  const { gateway, composer, router, load } = parts;
  const current = () => router.current()?.id ?? router.address() ?? '';
  /** @type {AttachmentTray | undefined} */
  let tray;
  /** @type {Map<object, string>} */
  const reading = new Map(); // files, and the conversation for which they are read
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('attach'));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('files'));
  button.onclick = () => input.click();
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    input.value = ''; // the same file can be chosen again
    attach(files);
  };
  form.addEventListener('paste', event => {
    const data = event.clipboardData ?? new DataTransfer();
    const files = [...data.files];
    if (files.length === 0 || !isNames(data.getData('text/plain'), files)) return;
    event.preventDefault();
    attach(files);
  });
  gateway.onAnnounced(async ({ accepts = [] }) => {
    if (tray || accepts.length > 0) (await loadTray()).accept(accepts);
  });
  if (storedSetting('attached', '').read()) {
    composer.hold(() => !tray); // a message waits for what was attached before a reload
    loadTray();
  }
  let isOwn = false; // a link or a selection of this page is dragged
  addEventListener('dragstart', () => {
    isOwn = true;
  });
  addEventListener('dragend', () => {
    isOwn = false;
  });
  addEventListener('dragover', event => onDrag(event, true));
  addEventListener('dragleave', event => onDrag(event, false));
  addEventListener('drop', event => {
    const { files = [], types = [] } = event.dataTransfer ?? {};
    if (!onDrag(event, false)) return;
    if (types.includes('Files')) attach([...files]);
    else composer.add(event.dataTransfer?.getData('text/plain') ?? '');
  });

  /**
   * @param {DragEvent} event
   * @param {boolean} over  the page
   * @returns {boolean}  whether files are dragged, or text to a place that does not take it
   */
  function onDrag(event, over) {
    const { types = [] } = event.dataTransfer ?? {};
    const accepted = types.includes('Files') || (types.includes('text/plain') && !isTaken(event));
    if (accepted) event.preventDefault();
    form.toggleAttribute('data-dropping', over && accepted);
    return accepted;
  }

  /** Whether the browser inserts the text by itself. @param {DragEvent} event */
  function isTaken({ target }) {
    return isOwn || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  }

  /** The message waits for its files. @param {File[]} files */
  async function attach(files) {
    const id = current();
    reading.set(files, id);
    composer.hold(isReading);
    try {
      const { readFiles } = await import('./read-files.js');
      await readFiles(form, files, { ...parts, id, current, loadTray });
    } finally {
      reading.delete(files);
      composer.hold(isReading);
    }
  }

  function isReading() {
    return [...reading.values()].includes(current());
  }

  async function loadTray() {
    const { attachmentTray } = await load(() => import('./attachment-tray.js'));
    tray ??= attachmentTray(form, { ...parts, attach });
    return tray;
  }
}

/**
 * Whether a text that was copied together with files has nothing but their names or paths, as on macOS.
 * @param {string} text
 * @param {File[]} files
 */
function isNames(text, files) {
  return text
    .split(/[\r\n]+/)
    .every(line => !line || files.some(({ name }) => line.endsWith(name)));
}
