import { highlightedTree } from './highlighted-tree.js';

addEventListener('message', async ({ data: { code, grammar } }) => {
  try {
    postMessage(await highlightedTree(code, grammar));
  } catch {
    postMessage(undefined); // the grammar cannot be loaded, or the code is nested too deeply
  }
});
