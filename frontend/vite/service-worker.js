import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @import { Rolldown } from 'vite' */
/** @typedef {Rolldown.OutputBundle[string]} File */

const source = new URL('../src/service-worker.js', import.meta.url);
const place = "{ version: '', files: [''] }";
const beside = ['favicon.svg', 'manifest.json']; // from frontend/public

/**
 * Makes sw.js of the service worker's source and the names of the files it keeps. Another build has
 * another version, by what is in its files.
 * @returns {import('vite').Plugin}
 */
export function serviceWorker() {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const text = readFileSync(source, 'utf8');
        if (!text.includes(place)) throw new Error(`the service worker has no ${place}`);
        const shell = JSON.stringify(shellOf(Object.values(bundle)));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: text.replace(place, shell) });
      },
    },
  };
}

/**
 * What the page needs to start and to show its own conversations. Not the languages of code: they
 * would be two thirds of it, and code is readable without its colours.
 * @param {File[]} bundle
 */
function shellOf(bundle) {
  const kept = bundle.filter(file => !isColour(file));
  const hash = createHash('sha256');
  for (const file of kept) hash.update(file.type === 'chunk' ? file.code : file.source);
  const files = kept.map(({ fileName }) => (fileName === 'index.html' ? './' : fileName));
  return {
    version: `minimal-chatbot-${hash.digest('hex').slice(0, 12)}`,
    files: [...files, ...beside],
  };
}

/** @param {File} file */
function isColour(file) {
  return (
    file.type === 'chunk' && file.moduleIds.some(id => /\/highlight\.js\/|-grammar\.js$/.test(id))
  );
}
