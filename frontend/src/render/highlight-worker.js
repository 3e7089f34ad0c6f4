import { highlightedTree, loadGrammar } from './highlighted-tree.js';

addEventListener('message', async ({ data: { code, grammar } }) => {
  try {
    await loadGrammar(grammar);
    postMessage('loaded');
    postMessage(highlightedTree(code, grammar));
  } catch {
    postMessage(undefined); // the grammar cannot be loaded, or the code is nested too deeply
  }
});
