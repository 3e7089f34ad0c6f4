import { attachmentDrafts } from '../attachments/attachment-drafts.js';
import { prepare } from '../attachments/prepare.js';
import { element } from '../element.js';
import { attachmentStrings as strings } from '../strings/attachments.js';
import { actionButton } from './action-button.js';
import { attachmentDialog } from './attachment-dialog.js';
import { attachmentStyles, fileDetails, thumbnail } from './attachment-view.js';
import { isTouchScreen } from './composition.js';
import { addIcons } from './on-demand-icons.js';

/** @import { Parts } from '../attachments/attachment-drafts.js' */
/** @import { Media } from '../conversation/attachment.js' */
/** @import { Attachment } from '../conversation/conversation.js' */
/** @import { Accepted } from '../stream/capabilities.js' */
/** @import { Composer } from './composer.js' */
/** @typedef {ReturnType<typeof attachmentTray>} AttachmentTray */

const MAX_IMAGES = 4;
const MAX_PDFS = 1;

/**
 * The images and the PDF that are attached to the message in the composer, above its text.
 * @param {HTMLFormElement} form
 * @param {Parts & { composer: Composer, attach: (files: File[]) => void }} parts
 */
export function attachmentTray(form, { composer, attach, ...parts }) {
  const root = element('ul', { id: 'attached', 'aria-label': strings.list, hidden: true });
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('attach'));
  const camera = cameraButton(attach);
  const textLabel = button.title;
  /** @type {Map<string, { id: string, type: Attachment['type'], name: string }>} */
  const preparing = new Map(); // `id`: of the conversation
  /** @type {Map<Attachment, HTMLElement>} */
  const items = new Map();
  const tray = { add: giveBack, take, canSend };
  const draft = attachmentDrafts(parts, update);
  root.onpointerdown = event => event.stopPropagation(); // the composer would take the focus
  form.prepend(root);
  attachmentStyles.then(draft.open);
  composer.useTray(tray);
  return { accept, add };

  /** @param {Accepted[]} accepts */
  function accept(accepts) {
    button.title = button.ariaLabel = accepts.length > 0 ? strings.attach(accepts) : textLabel;
    if (accepts.includes('images') && isTouchScreen()) button.after(...camera);
    else for (const part of camera) part.remove();
  }

  /**
   * Prepares files and attaches them, as many as fit into a message.
   * @param {string} id  of the conversation
   * @param {Media[]} media
   * @returns {Promise<string[]>}  why some were not attached
   */
  async function add(id, media) {
    const images = media.filter(({ type }) => type !== 'pdf');
    const files = media.filter(({ type }) => type === 'pdf');
    const fitting = [
      ...images.slice(0, MAX_IMAGES - count(id, 'image')),
      ...files.slice(0, MAX_PDFS - count(id, 'pdf')),
    ];
    const [left, leftFiles] = [images, files].map(all => all.filter(one => !fitting.includes(one)));
    const keys = fitting.map(({ file, type }) => begin(id, type, file.name));
    update();
    /** @type {string[]} */
    const problems = [];
    const added = [];
    for (const [index, one] of fitting.entries()) {
      const result = await prepare(one);
      preparing.delete(keys[index]);
      if (typeof result === 'string') problems.push(result);
      else {
        draft.add(id, result);
        added.push(result);
      }
      update();
    }
    if (added.length > 0) announce(root, saidOf(added));
    const tooMany = strings.problems.tooMany(left.length, leftFiles.length);
    return tooMany ? [...problems, tooMany] : problems;
  }

  /**
   * @param {string} id
   * @param {Media['type']} type
   * @param {string} name
   */
  function begin(id, type, name) {
    const key = `${id} ${Math.random()}`;
    preparing.set(key, { id, type: type === 'pdf' ? 'pdf' : 'image', name });
    return key;
  }

  /**
   * @param {string} id
   * @param {Attachment['type']} type
   */
  function count(id, type) {
    const all = [...draft.list(id), ...[...preparing.values()].filter(one => one.id === id)];
    return Math.min(
      all.filter(one => one.type === type).length,
      type === 'image' ? MAX_IMAGES : MAX_PDFS,
    );
  }

  /** Takes attachments of a waiting message back. @param {Attachment[]} attachments */
  function giveBack(attachments) {
    draft.add(draft.current(), ...attachments);
  }

  function take() {
    return draft.take();
  }

  /** @param {boolean} hasText */
  function canSend(hasText) {
    return !draft.isLoading() && (hasText || draft.list().length > 0);
  }

  function update() {
    const list = draft.list();
    for (const [attachment, item] of items) {
      if (list.includes(attachment)) continue;
      item.remove();
      items.delete(attachment);
    }
    for (const attachment of list)
      if (!items.has(attachment)) items.set(attachment, item(attachment));
    const waiting = [...preparing.values()].filter(({ id }) => id === draft.current());
    root.replaceChildren(
      ...list.map(one => /** @type {HTMLElement} */ (items.get(one))),
      ...waiting.map(({ name }) => placeholder(name)),
    );
    root.hidden = root.childElementCount === 0;
    composer.useTray(tray);
  }

  /** @param {Attachment} attachment */
  function item(attachment) {
    const { type, name } = attachment;
    const remove = actionButton('close', strings.remove(name), () => removeItem(attachment));
    remove.classList.add('attachment-remove');
    const view =
      type === 'image'
        ? thumbnail(attachment, () => show(attachment))
        : element('span', { className: 'attachment-file' }, ...fileDetails(attachment));
    return element('li', {}, view, remove);
  }

  /** @param {Attachment} attachment */
  function show(attachment) {
    attachmentDialog(attachment, {
      describe: alt => change(attachment, [{ ...attachment, alt }]),
      removal: strings.removeHere,
      remove: () => removeItem(attachment),
    });
  }

  /** @param {Attachment} attachment */
  function removeItem(attachment) {
    const at = draft.list().indexOf(attachment);
    change(attachment, []);
    announce(root, strings.removed(attachment.name));
    const next = root.children[Math.min(at, root.childElementCount - 1)]?.querySelector('button');
    if (next) next.focus();
    else composer.focus();
  }

  /**
   * @param {Attachment} attachment
   * @param {Attachment[]} by
   */
  function change(attachment, by) {
    const at = draft.list().indexOf(attachment);
    if (at >= 0) draft.replace(draft.current(), draft.list().toSpliced(at, 1, ...by));
  }
}

/**
 * The browser's own picker offers the camera on some touch screens only. This input always opens it.
 * @param {(files: File[]) => void} attach
 */
function cameraButton(attach) {
  addIcons();
  const input = element('input', {
    type: 'file',
    accept: 'image/*',
    hidden: true,
    'aria-label': strings.camera,
  });
  input.setAttribute('capture', 'environment');
  input.onchange = () => {
    attach([...(input.files ?? [])]);
    input.value = '';
  };
  const button = actionButton('camera', strings.camera, () => input.click());
  return [button, input];
}

/** @param {string} name */
function placeholder(name) {
  const className = 'attachment-image attachment-preparing';
  return element(
    'li',
    {},
    element('span', { className, role: 'img', 'aria-label': strings.preparing(name) }),
  );
}

/** @param {Attachment[]} added */
function saidOf(added) {
  const files = added.filter(({ type }) => type === 'pdf').length;
  return strings.added(added.length - files, files);
}

/**
 * @param {HTMLElement} target
 * @param {string} detail
 */
function announce(target, detail) {
  target.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
}
