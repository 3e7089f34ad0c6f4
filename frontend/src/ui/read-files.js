import { attachments } from '../conversation/attachment.js';
import { byId } from '../element.js';

/** @import { Parts } from '../attachments/attachment-drafts.js' */
/** @import { Gateway } from '../stream/gateway.js' */
/** @import { AttachmentTray } from './attachment-tray.js' */
/** @import { Composer } from './composer.js' */
/**
 * `id`: of the conversation in which the files were chosen; another one can be open when they are read.
 * @typedef {Parts & { id: string, gateway: Gateway, composer: Composer,
 *   current: () => string, loadTray: () => Promise<AttachmentTray> }} Target
 */

/**
 * Adds files to the message of a conversation, and says why some were not added.
 * @param {HTMLFormElement} form
 * @param {File[]} files
 * @param {Target} target
 */
export async function readFiles(form, files, target) {
  const { texts, media, problems, said } = await attachments(files, target.gateway.whenAccepts);
  if (texts.length > 0) {
    await addText(texts.join('\n'), target);
    form.dispatchEvent(new CustomEvent('announce', { detail: said, bubbles: true }));
  }
  if (media.length > 0) problems.push(...(await (await target.loadTray()).add(target.id, media)));
  const notice = byId('not-attached');
  notice.textContent = problems.join(' ');
  notice.hidden = problems.length === 0;
  form.addEventListener(
    'input',
    () => {
      notice.hidden = true;
    },
    { once: true },
  );
}

/**
 * @param {string} text
 * @param {Target} target
 */
async function addText(text, { id, current, composer, drafts }) {
  if (id === current()) return composer.add(text);
  const draft = await drafts.read(id);
  drafts.save(id, draft ? `${draft}\n\n${text}` : text);
}
