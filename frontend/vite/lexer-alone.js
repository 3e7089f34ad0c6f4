import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as rules from '../src/render/rules.js';

const PREFIX = 'marked-source:';
const ENTRY = `${PREFIX}index.ts`;
const UNUSED_OPTION = /\bthis\.options\.(?:pedantic|extensions|hooks|silent|breaks)\b/g;
const DEFAULT_OPTIONS = / \|\| _defaults\b/g; // the page sets its own
const GFM_OPTION = /\bthis\.options\.gfm\b/g; // always set
// Of other dialects, of the HTML renderer, and of methods that are left out.
const UNUSED_RULES =
  /^ {2}(?:outputLinkReplace|listReplaceNesting|pedantic\w+|escape(?:Test|Replace)\w*|caret|percentDecode|carriageReturn|spaceLine|notSpaceStart|endingNewline):.*\n/gm;
const EXPORTS = `
  export { _Lexer as Lexer } from './Lexer.ts';
  export { _Tokenizer as Tokenizer } from './Tokenizer.ts';
`;

/**
 * Saves 5 KB (brotli) of the transcript: bundles only what the page uses of marked.
 * The published file has side effects that prevent tree shaking of its HTML renderer. This plugin
 * bundles the original modules from its source map instead, without the code of options that the
 * page does not set, and with the finished rules of `src/render/rules.js` instead of those of all
 * dialects. Unit tests use the published file, browser tests the built one.
 * @returns {import('vite').Plugin}
 */
export function lexerAlone() {
  const modules = publishedModules();
  return {
    name: 'lexer-alone',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === 'marked') return ENTRY;
      if (!importer?.startsWith(PREFIX)) return undefined;
      const module = PREFIX + basename(id);
      if (!modules.has(module)) throw new Error(`marked no longer has ${id}`);
      return module;
    },
    load: id => (id.endsWith('/src/render/rules.js') ? finishedRules() : modules.get(id)),
  };
}

/** The exports of `src/render/rules.js` as literals. */
function finishedRules() {
  const literals = Object.entries(rules).map(([name, value]) => {
    const members = Object.entries(value).map(([key, rule]) => `${key}: ${rule}`);
    return `export const ${name} = ${value instanceof RegExp ? value : `{ ${members} }`};`;
  });
  return literals.join('\n');
}

/** @returns {Map<string, string>} */
function publishedModules() {
  const map = `${fileURLToPath(import.meta.resolve('marked'))}.map`;
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8'));
  /** @type {Map<string, string>} */
  const modules = new Map([[ENTRY, EXPORTS]]);
  for (const [index, path] of sources.entries()) {
    const source = sourcesContent[index]
      .replaceAll(UNUSED_OPTION, 'undefined')
      .replaceAll(DEFAULT_OPTIONS, '')
      .replaceAll(GFM_OPTION, 'true');
    modules.set(PREFIX + basename(path), source);
  }
  return withoutEntryPoints(withoutDialects(modules));
}

/**
 * Leaves the methods out that read a whole document: the lexer of the page calls those for blocks.
 * @param {Map<string, string>} modules
 */
function withoutEntryPoints(modules) {
  const source = modules.get(`${PREFIX}Lexer.ts`) ?? '';
  const start = source.indexOf('  static get rules()');
  const end = source.indexOf('  blockTokens(');
  if (start < 0 || end < start) throw new Error('marked no longer has its methods in this order');
  return modules.set(`${PREFIX}Lexer.ts`, source.slice(0, start) + source.slice(end));
}

/**
 * Leaves the rules of the dialects out: the lexer has its own.
 * @param {Map<string, string>} modules
 */
function withoutDialects(modules) {
  const source = modules.get(`${PREFIX}rules.ts`) ?? '';
  const start = source.indexOf('const newline = ');
  const [tags] = /^const _tag = [^;]*;/m.exec(source) ?? [];
  if (start < 0 || !tags) throw new Error('marked no longer has its rules in this form');
  const none = 'export const block = {}, inline = {};';
  const others = source.slice(0, start).replaceAll(UNUSED_RULES, '');
  return modules.set(`${PREFIX}rules.ts`, `${tags}\n${others}\n${none}`);
}
