import { reencode } from './reencode.js';

/** @import { Encoded } from './reencode.js' */
/** @typedef {{ id: number, encoded?: Encoded }} EncodedMessage  undefined if it cannot be decoded */

addEventListener('message', async ({ data: { id, file } }) => {
  const encoded = await reencode(file).catch(() => undefined);
  postMessage({ id, encoded });
});
