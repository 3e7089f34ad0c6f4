import { storedSetting } from '../ui/stored-setting.js';

const NEW = 'new'; // stands for the conversation that has no id yet
const conversations = storedSetting('attached', '');

/**
 * The conversations whose draft has attachments, in localStorage: the next page knows at once that a
 * message must wait for them.
 */
export const keptAttachments = {
  has: (/** @type {string} */ id) => ids().has(id || NEW),

  /**
   * @param {string} id
   * @param {boolean} value
   */
  set(id, value) {
    const all = ids();
    if (value) all.add(id || NEW);
    else all.delete(id || NEW);
    conversations.write([...all].join(' '));
  },
};

function ids() {
  return new Set(conversations.read().split(' ').filter(Boolean));
}
