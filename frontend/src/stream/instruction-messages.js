import { storedSetting } from '../ui/stored-setting.js';

/** @import { Choices } from '../conversation/conversation.js' */

/**
 * The user's instructions for all conversations and for this one, as one message of the system; none
 * if there are none. The former are read at each use, because another tab can change them.
 * @param {Choices} choices
 */
export function instructionMessages({ instructions = '' }) {
  const texts = [storedSetting('instructions', '').read(), instructions];
  const content = texts
    .map(text => text.trim())
    .filter(text => text !== '')
    .join('\n\n');
  return content === '' ? [] : [{ role: 'system', content }];
}
