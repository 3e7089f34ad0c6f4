import { reencode } from './reencode.js';

addEventListener('message', async ({ data }) => {
  postMessage(await reencode(data).catch(({ cause }) => cause));
});
