import { brotliCompressSync } from 'node:zlib';
import { isLanguageFile } from './languages.js';

/** @import { Rolldown } from 'vite' */
/** @typedef {Rolldown.OutputBundle[string]} File */
/** @typedef {{ part: string, budget: number, includes: (file: File) => boolean }} Part */
/** @typedef {{ part: string, file: string, size: number, budget: number }} Size  in KB, brotli */

/** The budget of each file of a part, in KB, brotli. @type {Part[]} */
const parts = [
  { part: 'index.html', budget: 3.7, includes: ({ fileName }) => fileName.endsWith('.html') },
  { part: 'transcript styles', budget: 2, includes: isTranscriptStyle },
  {
    part: 'formula styles',
    budget: 2,
    includes: ({ fileName }) => /\/formulas-[^/]*\.css$/.test(fileName),
  },
  {
    part: 'attachment styles',
    budget: 1,
    includes: ({ fileName }) => /\/attachments-[^/]*\.css$/.test(fileName),
  },
  { part: 'styles', budget: 6, includes: ({ fileName }) => fileName.endsWith('.css') },
  { part: 'application', budget: 15, includes: file => file.type === 'chunk' && file.isEntry },
  { part: 'list', budget: 2.5, includes: named('conversation-list') },
  { part: 'transcript', budget: 22.9, includes: named('transcript') },
  { part: 'highlighter', budget: 8.2, includes: ({ fileName }) => /\/highlight-/.test(fileName) },
  { part: 'answer events', budget: 2.6, includes: named('answer-events') },
  { part: 'formulas', budget: 41.5, includes: named('typeset') },
  { part: 'chemistry', budget: 7.5, includes: named('chemistry') },
  { part: 'search', budget: 1.5, includes: named('found-text') },
  { part: 'archive', budget: 2, includes: named('archive') },
  { part: 'activity', budget: 1, includes: named('activity') },
  { part: 'turn activity', budget: 2.5, includes: named('turn-activity') },
  { part: 'choices', budget: 1.2, includes: named('chat-options') },
  // Also decodes the images of this page's own exports.
  { part: 'import', budget: 9.1, includes: file => /\/import-worker-/.test(file.fileName) },
  {
    part: 'script for other sites',
    budget: 2,
    includes: ({ fileName }) => fileName === 'embed.js',
  },
  { part: 'service worker', budget: 1.7, includes: ({ fileName }) => fileName === 'sw.js' },
  { part: 'language', budget: 3, includes: isLanguage },
  { part: 'page language', budget: 7, includes: isLanguageFile },
  { part: 'on demand', budget: 4, includes: file => file.type === 'chunk' && file.isDynamicEntry },
];
// Before the first message: also what the application imports.
const FIRST_LOAD = ['index.html', 'styles', 'application', 'list'];
const FIRST_LOAD_BUDGET = 40; // KB
// When the first message is shown: also the turns and the Markdown renderer.
const TRANSCRIPT_BUDGET = 51; // KB

/**
 * Fails the build if a file, the first load, or that with the transcript exceeds its budget. The build
 * for a static host has the operator's texts and addresses in it, whose length must not fail it: only
 * the first load counts there.
 * @param {boolean} jar  the gateway serves the page
 * @returns {import('vite').Plugin}
 */
export function sizeGate(jar) {
  return {
    name: 'size-gate',
    apply: 'build',
    writeBundle(_options, bundle) {
      const sizes = measure(Object.values(bundle));
      const limited = jar ? sizes : sizes.slice(-2, -1);
      const exceeded = limited.filter(({ size, budget }) => size > budget);
      if (exceeded.length > 0) throw new Error(`over budget:\n${exceeded.map(line).join('\n')}`);
      const [firstLoad, withTranscript] = sizes.slice(-2);
      this.info(`${line(firstLoad)}: ${FIRST_LOAD.map(part => partSize(sizes, part))}`);
      this.info(`${line(withTranscript)}: ${partSize(sizes, 'transcript')}`);
    },
  };
}

/**
 * The size of each file, rounded to a tenth of a KB, and as the last two elements those of the first
 * load, without and with the transcript.
 * @param {File[]} files
 * @returns {Size[]}
 */
export function measure(files) {
  const sizes = files.map(file => {
    const { part, budget } = parts.find(({ includes }) => includes(file)) ?? {
      part: '',
      budget: 1,
    };
    return { part, file: file.fileName, size: brotliSize(file), budget };
  });
  const imports = files.flatMap(file =>
    file.type === 'chunk' && file.isEntry ? file.imports : [],
  );
  const atStart = sizes.filter(
    ({ part, file }) => FIRST_LOAD.includes(part) || imports.includes(file),
  );
  const transcript = sizes.filter(({ part }) => part.startsWith('transcript'));
  return [
    ...sizes,
    total('first load', atStart, FIRST_LOAD_BUDGET),
    total('with the transcript', [...atStart, ...transcript], TRANSCRIPT_BUDGET),
  ];
}

/**
 * @param {string} file
 * @param {Size[]} sizes
 * @param {number} budget
 * @returns {Size}
 */
function total(file, sizes, budget) {
  const sum = sizes.reduce((sum, { size }) => sum + size, 0);
  const size = Math.round(sum * 10) / 10; // a sum of tenths is not exact: 40 would be over 40
  return { part: 'total', file, size, budget };
}

/** @param {File} file */
function brotliSize(file) {
  const bytes = brotliCompressSync(file.type === 'chunk' ? file.code : file.source).length;
  return Math.round(bytes / 102.4) / 10;
}

/** @param {Size} size */
function line({ part, file, size, budget }) {
  return `${part} (${file}): ${size.toFixed(1)} of ${budget} KB`;
}

/**
 * @param {Size[]} sizes
 * @param {string} part
 */
function partSize(sizes, part) {
  return ` ${part} ${sizes.find(each => each.part === part)?.size}`;
}

/** @param {string} name */
function named(name) {
  return (/** @type {File} */ file) => file.type === 'chunk' && file.name === name;
}

/** @param {File} file */
function isTranscriptStyle({ fileName }) {
  return /\/transcript-[^/]*\.css$/.test(fileName);
}

/** @param {File} file */
function isLanguage({ fileName }) {
  return /\/grammar-/.test(fileName);
}
