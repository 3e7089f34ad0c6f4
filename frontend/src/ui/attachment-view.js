import { element } from '../element.js';
import { attachmentStrings as words } from '../strings/attachments.js';
import { strings } from '../strings/strings.js';
import styles from './attachments.css?url';
import { styleSheet } from './style-sheet.js';

/** @import { Attachment } from '../conversation/conversation.js' */

/** Resolves when the style sheet is there; without it everything works, and looks plain. */
export const attachmentStyles = styleSheet(styles).catch(() => {});

/**
 * A button with the image, which shows it larger.
 * @param {Attachment} attachment
 * @param {() => void} onclick
 */
export function thumbnail(attachment, onclick) {
  const label = words.open(attachment.alt || attachment.name);
  const properties = {
    type: 'button',
    className: 'attachment-image',
    onclick,
    title: attachment.name,
  };
  return element('button', { ...properties, 'aria-label': label }, image(attachment));
}

/**
 * The image. Its address is revoked as soon as it is decoded, which leaves the image.
 * @param {Attachment} attachment
 */
export function image({ blob, name, alt, width, height }) {
  const src = URL.createObjectURL(blob);
  const created = element('img', { alt: alt || name, width, height, src, draggable: false });
  created.onload = created.onerror = () => URL.revokeObjectURL(src);
  return created;
}

/** Name, size and pages of a PDF. @param {Attachment} attachment */
export function fileDetails({ name, blob, pages }) {
  const size = [strings.fileSize(blob.size), pages && words.pages(pages)].filter(Boolean);
  return [
    element('span', { className: 'truncate', dir: 'auto' }, name),
    element('span', { className: 'shrink-0 text-note text-muted' }, size.join(' · ')),
  ];
}
