import { translated } from './translated.js';

/** The text of an answer that failed or ended early, and of what can be done then. */
export const endingStrings = translated('endings', {
  waking: 'The chat service is waking up…',
  reconnecting: 'Reconnecting…',
  restarted: 'The answer began again with another model.',
  continuationRestarted: 'The rest of the answer began again with another model.',
  notes: {
    stopped: 'Stopped',
    interrupted: 'Interrupted before the answer was complete.',
    incomplete: 'The answer ended early.',
    nothingAdded: 'The model added nothing.',
  },
  /** By `incomplete_details.reason`. @type {Record<string, string>} */
  incompleteReasons: {
    max_output_tokens: 'The answer reached its length limit.',
    content_filter: 'The provider’s content filter ended the answer.',
    no_output: 'The model answered without any text.',
    cancelled: 'The provider cancelled the answer.',
    other: 'The provider ended the answer early.',
  },
  /** By `error.code`, where the message of the error does not say it. @type {Record<string, string>} */
  failures: {
    broken_off: 'The connection was lost before the answer was complete.',
    unreachable: 'The chat service cannot be reached. Please try again in a moment.',
    not_found: 'This page and the chat service do not match. Please reload the page.',
    method_not_allowed: 'This page and the chat service do not match. Please reload the page.',
    unsupported_media_type: 'This page and the chat service do not match. Please reload the page.',
  },
  /** A `provider_error` that is not retryable. */
  accountRefused:
    'The model’s provider refuses the account or the settings of this chat service. Only its operator can change that.',
  copyRequestId: 'Copy request id',
  continue: 'Continue',
  retry: 'Retry',
  retryIn: (/** @type {number} */ seconds) =>
    `Retry in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
});
