/**
 * Lets the reader put text files into the message: chosen with the button, pasted, or dropped
 * anywhere on the page, which would otherwise leave the page for the file.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} problem
 * @param {(text: string) => void} add  to the message
 */
export function fileAttachments(form, problem, add) {
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('attach'));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('files'));
  button.onclick = () => input.click();
  input.onchange = async () => {
    await take([...(input.files ?? [])]);
    input.value = '';
  };
  form.addEventListener('paste', event => {
    const { files, types } = event.clipboardData ?? new DataTransfer();
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    take([...files]);
  });
  form.addEventListener('input', () => tell([]));
  form.addEventListener('submit', () => tell([]));
  addEventListener('dragover', event => dragged(event, true));
  addEventListener('dragleave', event => dragged(event, false));
  addEventListener('drop', event => {
    if (dragged(event, false)) take([...(event.dataTransfer?.files ?? [])]);
  });

  /**
   * @param {DragEvent} event
   * @param {boolean} over
   */
  function dragged(event, over) {
    const isFile = event.dataTransfer?.types.includes('Files');
    if (isFile) event.preventDefault();
    form.toggleAttribute('data-dropping', over && isFile);
    return isFile;
  }

  /** @param {File[]} files */
  async function take(files) {
    const { attachments } = await import('../conversation/attachment.js');
    const { texts, problems, said } = await attachments(files);
    tell(problems);
    if (texts.length === 0) return;
    add(texts.join('\n'));
    form.dispatchEvent(new CustomEvent('announce', { detail: said, bubbles: true }));
  }

  /** @param {string[]} problems */
  function tell(problems) {
    problem.textContent = problems.join(' ');
    problem.hidden = problems.length === 0;
  }
}
