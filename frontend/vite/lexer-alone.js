import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = 'marked-source:';
const entry = `${home}index.ts`;
const exported = `
  export { _Lexer as Lexer } from './Lexer.ts';
  export { _Tokenizer as Tokenizer } from './Tokenizer.ts';
`;

/**
 * Builds the markdown lexer alone. marked is published as one file that, when it is loaded, makes a
 * renderer to HTML which nobody here calls; no bundler can tell that it is not needed, and it would
 * be a third of the page's largest part. The modules that file was made from are published beside
 * it, in its source map, and of those a bundler takes only what is imported. The unit tests run on
 * the one file, the browser tests on what is built here.
 * @returns {import('vite').Plugin}
 */
export function lexerAlone() {
  const modules = publishedModules();
  return {
    name: 'lexer-alone',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === 'marked') return entry;
      if (!importer?.startsWith(home)) return undefined;
      const module = home + basename(id);
      if (!modules.has(module)) throw new Error(`marked no longer has ${id}`);
      return module;
    },
    load: id => modules.get(id),
  };
}

/** @returns {Map<string, string>} */
function publishedModules() {
  const map = `${fileURLToPath(import.meta.resolve('marked'))}.map`;
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8'));
  /** @type {Map<string, string>} */
  const modules = new Map([[entry, exported]]);
  for (const [index, path] of sources.entries()) {
    modules.set(home + basename(path), sourcesContent[index]);
  }
  return modules;
}
