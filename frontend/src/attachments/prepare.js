import { identifier } from '../identifier.js';
import { attachmentStrings } from '../strings/attachments.js';
import { typeNames } from './file-type.js';
import { encodeImage } from './images.js';
import { MAX_PDF_BYTES, pageCount } from './pdf.js';

/** @import { Media } from '../conversation/attachment.js' */
/** @import { Attachment } from '../conversation/conversation.js' */

const { problems } = attachmentStrings;
const NOT_EVERYWHERE = ['heic', 'avif']; // formats that a browser may not decode
const MAX_NAME_LENGTH = 200;

/**
 * Makes an attachment of an image or a PDF.
 * @param {Media} media
 * @returns {Promise<Attachment | string>}  the sentence that says why not
 */
export async function prepare({ file, type }) {
  return type === 'pdf' ? pdf(file) : image(file, type);
}

/**
 * @param {File} file
 * @param {Media['type']} type
 */
async function image(file, type) {
  const encoded = await encodeImage(file);
  if (encoded === 'timeout') return problems.tooSlow(file.name);
  if (encoded === 'notLoaded') return problems.notLoaded(file.name);
  if (encoded === 'protected') return problems.protectedCanvas(file.name);
  if (encoded) return attachment(file, { type: /** @type {const} */ ('image'), ...encoded });
  return NOT_EVERYWHERE.includes(type)
    ? problems.undecodable(file.name, typeNames[type])
    : problems.broken(file.name);
}

/** @param {File} file */
async function pdf(file) {
  if (file.size > MAX_PDF_BYTES) return problems.pdfTooLarge(file.name, MAX_PDF_BYTES >> 20);
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) return problems.broken(file.name);
  const pages = pageCount(new Uint8Array(bytes));
  const blob = new Blob([bytes], { type: 'application/pdf' });
  return attachment(file, { type: /** @type {const} */ ('pdf'), blob, ...(pages && { pages }) });
}

/**
 * @param {File} file
 * @param {Omit<Attachment, 'id' | 'name'>} content
 * @returns {Attachment}
 */
function attachment({ name }, content) {
  return { id: identifier(), name: name.slice(-MAX_NAME_LENGTH), ...content };
}
