import { counted } from './strings.js';
import { translated } from './translated.js';

/** @import { Accepted } from '../stream/capabilities.js' */

const FORMATS = 'JPEG, PNG, GIF, WebP, AVIF, HEIC or BMP';

/** The text of images and PDFs in messages, which is loaded on demand. */
export const attachmentStrings = translated('attachments', {
  list: 'Attached to this message',
  /** @param {Accepted[]} accepts */
  attach: accepts =>
    `Attach ${[accepts.includes('images') && 'images', accepts.includes('files') && 'a PDF', 'text files'].filter(Boolean).join(', ')}`,
  camera: 'Take a photo',
  preparing: (/** @type {string} */ name) => `Preparing ${name}`,
  added: (/** @type {number} */ images, /** @type {number} */ files) => {
    const all = [images > 0 && counted(images, 'image'), files > 0 && counted(files, 'PDF')];
    const some = all.filter(Boolean).join(' and ');
    return some && `${some} attached`;
  },
  open: (/** @type {string} */ name) => `Show ${name}`,
  remove: (/** @type {string} */ name) => `Remove ${name}`,
  removed: (/** @type {string} */ name) => `${name} removed`,
  removedHere: (/** @type {string} */ name) => `${name} was taken out of this conversation.`,
  undo: 'Undo',
  restored: (/** @type {string} */ name) => `${name} is in this conversation again`,
  pages: (/** @type {number} */ count) => counted(count, 'page'),
  size: (/** @type {number} */ width, /** @type {number} */ height) => `${width} × ${height}`,
  description: 'Description (optional)',
  descriptionNote: 'For people who use a screen reader. It stays in this browser.',
  takeOut: 'Take out of this conversation',
  removeHere: 'Remove',
  download: 'Download',
  close: 'Close',
  /** Why attachments of a message are not part of the next request. */
  notSent: {
    earlier: 'No longer sent to the model',
    refused: 'The model could not read it: not sent again',
    textOnly: 'Not sent: this chat takes text only now',
  },
  /** Before the names in an exported document. */
  attached: 'Attached',
  takenOut: 'Taken out of this conversation',
  /** Why a file was not attached. */
  problems: {
    textOnly: (/** @type {string} */ name) =>
      `${name} was not attached: this chat takes text files only.`,
    noImages: (/** @type {string} */ name) =>
      `${name} was not attached: this chat takes no images.`,
    noFiles: (/** @type {string} */ name) => `${name} was not attached: this chat takes no PDFs.`,
    unknown: (/** @type {string} */ name) =>
      `${name} was not attached: the chat service has not said yet whether it takes such files. Please try again.`,
    notLoaded: (/** @type {string} */ name) =>
      `${name} was not attached: a part of this page could not be loaded. Please try again.`,
    protectedCanvas: (/** @type {string} */ name) =>
      `${name} was not attached: this browser’s protection against fingerprinting changes images. Please allow this page to use the canvas, then try again.`,
    svg: (/** @type {string} */ name) =>
      `${name} is an SVG, which cannot be sent as an image. Please send it as PNG or JPEG.`,
    notImage: (/** @type {string} */ name) => `${name} is not an image in ${FORMATS}.`,
    undecodable: (/** @type {string} */ name, /** @type {string} */ format) =>
      `This browser cannot read ${format}: please send ${name} as JPEG.`,
    broken: (/** @type {string} */ name) => `${name} is damaged: this browser cannot read it.`,
    tooSlow: (/** @type {string} */ name) =>
      `${name} was not attached: this browser takes too long to read it. Please send a smaller image.`,
    pdfTooLarge: (/** @type {string} */ name, /** @type {number} */ most) =>
      `${name} is larger than ${most} MB.`,
    tooMany: (/** @type {number} */ images, /** @type {number} */ files) =>
      [
        images > 0 && `At most 4 images fit into a message: ${counted(images, 'image')} left out.`,
        files > 0 && `One PDF fits into a message: ${counted(files, 'PDF')} left out.`,
      ]
        .filter(Boolean)
        .join(' '),
  },
  refused: (/** @type {string[]} */ names) =>
    `The model could not read ${names.join(', ')}. Retry sends the message without ${names.length > 1 ? 'them' : 'it'}.`,
});
