/**
 * @param {Text} _text
 * @param {string | undefined} _module
 */
export function highlight(_text, _module) {}
