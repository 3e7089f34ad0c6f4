import { refusedIn, sentAttachments } from '../attachments/sent-attachments.js';
import { branch, isInPrompt } from '../conversation/branch.js';
import { byId, element } from '../element.js';
import { attachmentStrings as strings } from '../strings/attachments.js';
import { textButton } from './action-button.js';
import { attachmentDialog } from './attachment-dialog.js';
import { attachmentStyles, fileDetails, thumbnail } from './attachment-view.js';
import { fileChip, note as noteClasses } from './classes.js';
import { buttonUndo } from './on-demand-classes.js';

/** @import { Attachment, Conversation, Message } from '../conversation/conversation.js' */
/** @import { TurnHandlers } from './transcript.js' */

/** @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();
/** @type {WeakMap<HTMLElement, () => void>} */
const redraw = new WeakMap();
let isStyled = false;
let isListening = false;
attachmentStyles.then(() => {
  isStyled = true;
});

/**
 * Shows what is attached to a question, and what of it the next request does not have. Draws it only
 * if that has changed.
 * @param {HTMLElement} root
 * @param {Message} question
 * @param {Conversation} conversation
 * @param {TurnHandlers} handlers
 */
export async function turnAttachments(root, question, conversation, handlers) {
  if (!isListening) handlers.onAnnounced(redrawAll);
  isListening = true;
  redraw.set(root, () => turnAttachments(root, question, conversation, handlers));
  if (!isStyled) await attachmentStyles;
  const { attachments = [] } = question;
  const notes = attachments.map(noteFor(conversation, handlers));
  const state = JSON.stringify([attachments, notes]);
  if (shown.get(root) === state) return;
  shown.set(root, state);
  const focused = root.contains(document.activeElement);
  root.replaceChildren(
    ...(attachments.length > 0
      ? grouped()
      : [element('p', { className: noteClasses }, strings.takenOut)]),
  );
  root.dataset.attachments = String(Math.ceil(count('image') / 2));
  if (focused) (root.querySelector('button') ?? document.querySelector('textarea'))?.focus();

  function grouped() {
    const views = attachments.map(one => view(one, question, handlers));
    const images = views.filter((_, index) => attachments[index].type === 'image');
    const files = views.filter((_, index) => attachments[index].type !== 'image');
    const own = [...new Set(notes.filter(text => text !== undefined))];
    return [
      element('div', { className: 'attachment-images' }, ...images),
      ...files,
      ...own.map(text => element('p', { className: noteClasses }, text)),
    ];
  }

  /** @param {Attachment['type']} type */
  function count(type) {
    return attachments.filter(one => one.type === type).length;
  }
}

/** Those on the page, after the gateway has said what it takes. */
function redrawAll() {
  for (const root of document.querySelectorAll('[data-attachments]'))
    if (root instanceof HTMLElement) redraw.get(root)?.();
}

/**
 * Why a request of the selected branch does not have an attachment; undefined if it has it, or if it
 * is not known yet what the chat takes.
 * @param {Conversation} conversation
 * @param {TurnHandlers} handlers
 * @returns {(attachment: Attachment) => string | undefined}
 */
function noteFor(conversation, { accepts }) {
  const accepted = accepts();
  const { messages } = conversation;
  const path = branch(conversation).filter(isInPrompt);
  const sent = sentAttachments(path, { accepts: accepted, messages });
  const refused = refusedIn(messages);
  return attachment => {
    if (!accepted || sent.has(attachment)) return undefined;
    if (refused.has(attachment.id)) return strings.notSent.refused;
    const isAccepted = accepted.includes(attachment.type === 'image' ? 'images' : 'files');
    return isAccepted ? strings.notSent.earlier : strings.notSent.textOnly;
  };
}

/**
 * @param {Attachment} attachment
 * @param {Message} question
 * @param {TurnHandlers} handlers
 */
function view(attachment, { id, conversation, attachments = [] }, handlers) {
  if (attachment.type === 'image') return thumbnail(attachment, show);
  const properties = { type: 'button', className: fileChip, onclick: show };
  return element('button', properties, ...fileDetails(attachment));

  function show() {
    const replace = (/** @type {Attachment[]} */ ...by) =>
      attachments.flatMap(one => (one === attachment ? by : [one]));
    attachmentDialog(attachment, {
      describe: alt => handlers.attach(conversation, id, replace({ ...attachment, alt })),
      removal: strings.takeOut,
      remove: () => {
        handlers.attach(conversation, id, replace());
        offerUndo(attachment.name, () => handlers.attach(conversation, id, attachments));
      },
    });
  }
}

/**
 * @param {string} name
 * @param {() => void} undo
 */
function offerUndo(name, undo) {
  const root = byId('restorable');
  const detail = strings.removedHere(name);
  const onclick = () => {
    root.hidden = true;
    undo();
    byId('thread').focus({ preventScroll: true });
    announce(strings.restored(name));
  };
  root.replaceChildren(detail, ' ', textButton(strings.undo, onclick, buttonUndo));
  root.hidden = false;
  announce(detail);

  /** @param {string} text */
  function announce(text) {
    root.dispatchEvent(new CustomEvent('announce', { detail: text, bubbles: true }));
  }
}
