import { brotliCompressSync } from 'node:zlib';

/** @import { Rolldown } from 'vite' */
/** @typedef {Rolldown.OutputBundle[string]} File */
/** @typedef {{ part: string, budget: number, holds: (file: File) => boolean }} Part */
/** @typedef {{ part: string, file: string, size: number, budget: number }} Weight  in KB */

/** What each part may weigh, in KB; of several files in a part, each. @type {Part[]} */
const parts = [
  { part: 'index.html', budget: 3.2, holds: ({ fileName }) => fileName.endsWith('.html') },
  { part: 'styles', budget: 6, holds: ({ fileName }) => fileName.endsWith('.css') },
  { part: 'application', budget: 13.2, holds: file => file.type === 'chunk' && file.isEntry },
  { part: 'sidebar', budget: 3, holds: named('sidebar') },
  { part: 'renderer', budget: 16, holds: named('renderer') },
  { part: 'highlighter', budget: 8, holds: named('highlight') },
  { part: 'archive', budget: 2, holds: named('archive') },
  { part: 'language', budget: 3, holds: isLanguage },
  { part: 'on demand', budget: 4, holds: file => file.type === 'chunk' && file.isDynamicEntry },
];
const beforeTheFirstMessage = ['index.html', 'styles', 'application', 'sidebar', 'renderer'];
const budgetBeforeTheFirstMessage = 40;

/**
 * Fails a build that weighs more than its budget, by what a server sends: the files in brotli.
 * @returns {import('vite').Plugin}
 */
export function sizeGate() {
  return {
    name: 'size-gate',
    apply: 'build',
    writeBundle(_options, bundle) {
      const weights = weighed(Object.values(bundle));
      const heavy = weights.filter(({ size, budget }) => size > budget);
      if (heavy.length > 0) throw new Error(`over budget:\n${heavy.map(line).join('\n')}`);
      const [total] = weights.slice(-1);
      this.info(`${line(total)}: ${beforeTheFirstMessage.map(part => told(weights, part))}`);
    },
  };
}

/**
 * The weight of each file, to a tenth of a KB, and last what comes before the first message.
 * @param {File[]} files
 * @returns {Weight[]}
 */
export function weighed(files) {
  const weights = files.map(file => {
    const { part, budget } = parts.find(({ holds }) => holds(file)) ?? { part: '', budget: 1 };
    return { part, file: file.fileName, size: weight(file), budget };
  });
  const atOnce = files.flatMap(file => (file.type === 'chunk' && file.isEntry ? file.imports : []));
  const size = weights
    .filter(({ part, file }) => beforeTheFirstMessage.includes(part) || atOnce.includes(file))
    .reduce((sum, each) => sum + each.size, 0);
  const budget = budgetBeforeTheFirstMessage;
  return [...weights, { part: 'total', file: 'before the first message', size, budget }];
}

/** @param {File} file */
function weight(file) {
  const bytes = brotliCompressSync(file.type === 'chunk' ? file.code : file.source).length;
  return Math.round(bytes / 102.4) / 10;
}

/** @param {Weight} weight */
function line({ part, file, size, budget }) {
  return `${part} (${file}): ${size.toFixed(1)} of ${budget} KB`;
}

/**
 * @param {Weight[]} weights
 * @param {string} part
 */
function told(weights, part) {
  return ` ${part} ${weights.find(each => each.part === part)?.size}`;
}

/** @param {string} name */
function named(name) {
  return (/** @type {File} */ file) => file.type === 'chunk' && file.name === name;
}

/** @param {File} file */
function isLanguage(file) {
  return (
    file.type === 'chunk' &&
    /\/highlight\.js\/(?:lib|es)\/languages\/|-grammar\.js$/.test(file.facadeModuleId ?? '')
  );
}
