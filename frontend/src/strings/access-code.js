import { translated } from './translated.js';

/** The text of the dialog that asks for an access code. */
export const accessCodeStrings = translated('accessCode', {
  title: 'Access code',
  description: 'This chat is for people who have a code. Your message is kept.',
  confirm: 'Continue',
  cancel: 'Cancel',
  wrong: 'This code is not valid.',
  tooMany: 'Too many wrong codes. Please wait a minute.',
  failed: 'The code could not be checked. Please try again.',
});
