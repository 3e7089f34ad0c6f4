/**
 * Adds text files to the message: from the file picker, the clipboard, or a drop anywhere on the
 * page, where the browser would otherwise navigate to the file. Dropped text is added too.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} notice  shows why files were not attached
 * @param {(text: string) => void} add  appends to the message
 */
export function fileAttachments(form, notice, add) {
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('attach'));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('files'));
  button.onclick = () => input.click();
  input.onchange = async () => {
    await attach([...(input.files ?? [])]);
    input.value = '';
  };
  form.addEventListener('paste', event => {
    const { files, types } = event.clipboardData ?? new DataTransfer();
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    attach([...files]);
  });
  form.addEventListener('input', () => showProblems([]));
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
    else add(event.dataTransfer?.getData('text/plain') ?? '');
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

  /** @param {File[]} files */
  async function attach(files) {
    const { attachments } = await import('../conversation/attachment.js');
    const { texts, problems, said } = await attachments(files);
    showProblems(problems);
    if (texts.length === 0) return;
    add(texts.join('\n'));
    form.dispatchEvent(new CustomEvent('announce', { detail: said, bubbles: true }));
  }

  /** @param {string[]} problems */
  function showProblems(problems) {
    notice.textContent = problems.join(' ');
    notice.hidden = problems.length === 0;
  }
}
