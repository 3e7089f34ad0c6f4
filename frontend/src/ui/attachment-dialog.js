import { element } from '../element.js';
import { attachmentStrings as strings } from '../strings/attachments.js';
import { textButton } from './action-button.js';
import { fileDetails, image } from './attachment-view.js';
import { note } from './classes.js';
import { dialog } from './dialog.js';
import {
  buttonDanger,
  buttonGroup,
  longText,
  modalScrolling,
  modalTitle,
} from './on-demand-classes.js';

/** @import { Attachment } from '../conversation/conversation.js' */

const MAX_DESCRIPTION_LENGTH = 500;
const REVOKE_DELAY_MS = 60_000; // a browser may ask for a location before it reads the address

/**
 * Dialog: an image in its size, or a PDF, with its description and a button that removes it. Escape
 * closes it and keeps the description.
 * @param {Attachment} attachment
 * @param {{ describe: (alt: string) => void, removal: string, remove: () => void }} handlers
 */
export function attachmentDialog(attachment, { describe, removal, remove }) {
  const { type, name, width = 0, height = 0, alt = '' } = attachment;
  const isImage = type === 'image';
  const field = element('textarea', {
    className: longText,
    dir: 'auto',
    rows: 1,
    maxLength: MAX_DESCRIPTION_LENGTH,
    value: alt,
  });
  const description = element(
    'label',
    { className: 'block text-sm' },
    strings.description,
    field,
    element('span', { className: note }, strings.descriptionNote),
  );
  const details = isImage ? [strings.size(width, height)] : fileDetails(attachment);
  const root = dialog(
    { className: `${modalScrolling} attachment-dialog`, label: name },
    element('h2', { className: modalTitle, dir: 'auto' }, name),
    element('p', { className: `${note} flex gap-2` }, ...details),
    ...(isImage ? [image(attachment), description] : []),
    element(
      'div',
      { className: buttonGroup },
      textButton(strings.close, () => root.close()),
      textButton(strings.download, () => save(attachment)),
      textButton(removal, onRemove, buttonDanger),
    ),
  );
  root.querySelector('button')?.focus();
  root.addEventListener('close', onClose, { once: true });

  function onRemove() {
    root.removeEventListener('close', onClose);
    root.close();
    remove();
  }

  function onClose() {
    const written = field.value.trim();
    if (isImage && written !== alt) describe(written);
  }
}

/** @param {Attachment} attachment */
function save({ name, blob }) {
  const href = URL.createObjectURL(blob);
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), REVOKE_DELAY_MS);
}
