import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EMBED_SCRIPT } from './embed-script.js';
import { isLanguageFile } from './languages.js';

/** @import { Rolldown } from 'vite' */
/** @typedef {Rolldown.OutputBundle[string]} File */

const source = new URL('../src/service-worker.js', import.meta.url);
const PLACEHOLDER = "{ version: '', files: [''], language: '', languages: [''] }";
const COMMENT_LINES = /^ *(?:\/\/.*|\/\*\*.*\*\/|\/\*\*|\*.*)\n/gm;
const PUBLIC_FILES = ['favicon.svg', 'manifest.json']; // from frontend/public

/**
 * Writes sw.js: the source of the service worker with the files to cache. The version is a hash of
 * their contents.
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
        if (!text.includes(PLACEHOLDER))
          throw new Error(`the service worker has no ${PLACEHOLDER}`);
        const shell = JSON.stringify(cacheList(Object.values(bundle)));
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: text.replace(COMMENT_LINES, '').replace(PLACEHOLDER, shell),
        });
      },
    },
  };
}

/**
 * The files to cache: all but the script for other sites, and the highlighter, its languages and the
 * formulas, which would be most of them. The browser's own cache keeps those after their first use. Of
 * the languages the worker chooses one.
 * @param {File[]} bundle
 */
function cacheList(bundle) {
  const languages = bundle.filter(isLanguageFile);
  const cached = bundle.filter(
    file => !isLarge(file) && !languages.includes(file) && file.fileName !== EMBED_SCRIPT,
  );
  const hash = createHash('sha256');
  for (const file of cached) hash.update(file.type === 'chunk' ? file.code : file.source);
  const files = cached.map(({ fileName }) => (fileName === 'index.html' ? './' : fileName));
  return {
    version: `minimal-chatbot-${hash.digest('hex').slice(0, 12)}`,
    files: [...files, ...PUBLIC_FILES],
    language: 'auto', // of the page; the brand has another one
    languages: languages.map(({ fileName }) => fileName),
  };
}

/** @param {File} file */
function isLarge(file) {
  if (file.type !== 'chunk') return /\/(?:formulas|grammar|highlight-worker)-/.test(file.fileName);
  return file.moduleIds.some(id => /\/temml\//.test(id));
}
