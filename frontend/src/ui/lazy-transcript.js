import { listeners } from '../listeners.js';
import { styleSheet } from './style-sheet.js';
import styles from './transcript.css?url';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Listeners } from '../listeners.js' */
/** @import { TurnHandlers } from './transcript.js' */
/** @typedef {typeof import('./transcript.js')} Module */
/** @typedef {ReturnType<typeof lazyTranscript>} LazyTranscript */

/**
 * The transcript. Its module, which includes the Markdown renderer, and its style sheet are loaded at
 * the first sign that there will be something to show.
 * @param {HTMLElement} root
 * @param {TurnHandlers} handlers
 * @param {(load: () => Promise<[Module, unknown]>) => Promise<[Module, unknown]>} load  does not fail
 */
export function lazyTranscript(root, handlers, load) {
  /** @type {Listeners<void>} */
  const changes = listeners();
  /** @type {Promise<Module> | undefined} */
  let loading;
  /** @type {ReturnType<Module['transcript']> | undefined} */
  let transcript;
  let waiting = false; // for the module, with a conversation to show
  let edits = false; // the last question, as soon as it is shown
  return {
    prefetch: () => void module(),
    update,
    editLast,
    spokenText: async (/** @type {string} */ markdown, /** @type {string} */ setting) =>
      (await module()).spokenText(markdown, setting),
    /** After the module was loaded. */
    onChange: changes.add,
  };

  function module() {
    const request = () => Promise.all([import('./transcript.js'), styleSheet(styles)]);
    loading ??= load(request).then(([loaded]) => {
      transcript = loaded.transcript(root, handlers);
      changes.notify();
      return loaded;
    });
    return loading;
  }

  /**
   * @param {Conversation | undefined} conversation
   * @returns {boolean}  whether it is shown
   */
  function update(conversation) {
    if (!transcript) {
      waiting = conversation !== undefined;
      edits &&= waiting;
      if (waiting) module();
      return !waiting;
    }
    transcript.update(conversation);
    if (edits) transcript.editLast();
    edits = false;
    return true;
  }

  /** Opens the editor of the last question. */
  function editLast() {
    if (transcript) transcript.editLast();
    else edits = waiting;
  }
}
