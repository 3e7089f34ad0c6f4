import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { english } from '../src/languages/english.js';
import { translationProblems } from './translation-problems.js';
import { translations } from './translations.js';

/** @import { Rolldown } from 'vite' */

const TRANSLATION = 'globalThis.translation'; // a promise, in src/strings/translated.js
const SOURCES = new URL('../src/languages/', import.meta.url);
const PATH = `/src/languages/$\{l}.js`; // in the script of index.html

/**
 * Writes the texts of each language into one file, which imports nothing: it is loaded before the
 * application, and must not wait for it. One hash names all of them, so that the script of index.html
 * stays short.
 * @returns {import('vite').Plugin}
 * @throws {Error} if a text is missing, unknown or not translated
 */
export function languages() {
  let hash = '';
  return {
    name: 'languages',
    apply: 'build',
    async buildStart() {
      const problems = Object.entries(translations).flatMap(([language, texts]) =>
        translationProblems(language, english, texts),
      );
      if (problems.length > 0) throw new Error(`translations:\n${problems.join('\n')}`);
      const names = Object.keys(translations);
      const codes = await Promise.all(names.map(bundled));
      hash = createHash('sha256').update(codes.join('\n')).digest('hex').slice(0, 8);
      for (const [index, name] of names.entries())
        this.emitFile({
          type: 'asset',
          fileName: `assets/${name}-${hash}.js`,
          source: codes[index],
        });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (!html.includes(PATH)) throw new Error(`index.html has no ${PATH}`);
        return html.replace(PATH, `./assets/\${l}-${hash}.js`);
      },
    },
  };
}

/**
 * Lets the module that has the texts await them, before any module reads one.
 * @returns {import('vite').Plugin}
 */
export function awaitedTranslation() {
  /** @param {string} code */
  const awaited = code => code.replace(TRANSLATION, `await ${TRANSLATION}`);
  return {
    name: 'awaited-translation',
    transform: {
      filter: { id: /\/strings\/translated\.js$/ },
      handler(code) {
        const isBuild = this.environment.mode === 'build';
        return isBuild ? undefined : { code: awaited(code), map: null };
      },
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      const readers = chunks.filter(({ code }) => code.includes(TRANSLATION));
      if (readers.length !== 1 || !readers[0].isEntry)
        throw new Error(`${TRANSLATION} is not in the application alone`);
      readers[0].code = awaited(readers[0].code);
    },
  };
}

/** Whether a file of the build has the texts of a language. @param {{ fileName: string }} file */
export function isLanguageFile({ fileName }) {
  return /^assets\/[a-z]{2}-[0-9a-f]{8}\.js$/.test(fileName);
}

/** @param {string} language */
async function bundled(language) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`${language}.js`, SOURCES)),
        preserveEntrySignatures: 'strict',
        treeshake: { moduleSideEffects: false },
      },
    },
  });
  const { output } = /** @type {Rolldown.RolldownOutput} */ (result);
  return output[0].code;
}
