import { MAX_CONVERSATION_MB } from '../import/limits.js';
import { ENGLISH_PLACEHOLDERS } from '../import/placeholders.js';
import { counted } from './strings.js';
import { translated } from './translated.js';

/** @import { Reason } from '../import/import-error.js' */

const READABLE = 'Exports of this page, ChatGPT, Claude, LibreChat and Open WebUI can be imported.';
const NOTHING = 'Nothing was imported.';

/** The text of the import of conversations, which is loaded on demand. */
export const importStrings = translated('import', {
  /** Stand in a message in the place of what an export does not include. */
  placeholders: ENGLISH_PLACEHOLDERS,
  progress: 'Importing…',
  cancel: 'Cancel import',
  failed: `The import did not finish. ${NOTHING}`,
  /** @type {Record<Reason, (file: string, detail: string) => string>} */
  refused: {
    cancelled: () => `Import cancelled. ${NOTHING}`,
    damaged: file =>
      `${file} is not an export of conversations, or it is damaged or incomplete. ${NOTHING} Please export or download it again.`,
    unknown: file => `There are no conversations in ${file}. ${NOTHING} ${READABLE}`,
    unsupported: (file, product) =>
      `${file} is an export of ${product}, which cannot be read here. ${NOTHING} ${READABLE}`,
    newer: (file, version) =>
      `${file} is an export of version ${version}, which a newer version of this page has written. ${NOTHING} Please reload this page to update it, then try again.`,
    zip: file =>
      `There are no readable conversations in ${file}. ${NOTHING} Please unpack it and choose its conversations.json.`,
    full: () =>
      `This browser has no more room for these conversations. ${NOTHING} Please delete some conversations, or free some disk space.`,
    unsaved: () => `This browser does not let us save conversations. ${NOTHING}`,
  },
  imported: (/** @type {number} */ count) => `${counted(count, 'conversation')} imported.`,
  instructions: 'Your instructions for the model were imported, too.',
  known: (/** @type {number} */ count) =>
    `${count} of them ${count === 1 ? 'was' : 'were'} already here.`,
  skipped: {
    empty: (/** @type {number} */ count) => `${count} skipped: no messages.`,
    unreadable: (/** @type {number} */ count) => `${count} skipped: damaged.`,
    tooLarge: (/** @type {number} */ count) =>
      `${count} skipped: larger than ${MAX_CONVERSATION_MB} MB.`,
  },
  omitted: (/** @type {number} */ count) =>
    `${counted(count, 'image or other file', 'images or other files')} left out.`,
});
