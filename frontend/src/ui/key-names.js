import { onDemandStrings } from '../strings/on-demand.js';

const { keyNames } = onDemandStrings;
const apple = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** The notation of a key pressed with Command on Apple devices, with Control elsewhere. @param {string} key */
export function withCommand(key) {
  return apple ? `⌘${key}` : `${keyNames.control}+${key}`;
}

/** @param {string} key */
export function shifted(key) {
  return apple ? `⇧${key}` : `${keyNames.shift}+${key}`;
}

/** Whether there is probably a keyboard. A device with touch only shows no shortcuts. */
export function hasKeyboard() {
  return matchMedia('(any-pointer: fine)').matches;
}
