/**
 * Adds text files to the message: from the file picker, the clipboard, or a drop anywhere on the
 * page, where the browser would otherwise navigate to the file.
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
  form.addEventListener('submit', () => showProblems([]));
  addEventListener('dragover', event => onDrag(event, true));
  addEventListener('dragleave', event => onDrag(event, false));
  addEventListener('drop', event => {
    if (onDrag(event, false)) attach([...(event.dataTransfer?.files ?? [])]);
  });

  /**
   * @param {DragEvent} event
   * @param {boolean} over  the page
   * @returns {boolean | undefined}  whether files are dragged
   */
  function onDrag(event, over) {
    const hasFiles = event.dataTransfer?.types.includes('Files');
    if (hasFiles) event.preventDefault();
    form.toggleAttribute('data-dropping', over && hasFiles);
    return hasFiles;
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
