import hljs from 'highlight.js/lib/core';

/** @type {Record<string, () => Promise<{ default: import('highlight.js').LanguageFn }>>} */
const grammars = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('./css-grammar.js'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  shell: () => import('highlight.js/lib/languages/shell'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** The highlight.js scopes, or first parts of a scope, of each CSS class suffix. */
const scopes = {
  comment: ['comment', 'quote'],
  keyword: ['keyword', 'literal', 'name', 'section', 'selector-tag'],
  string: ['string', 'regexp', 'symbol', 'addition', 'code'],
  number: ['number', 'bullet', 'link'],
  function: ['title'],
  type: ['title.class', 'type', 'built_in'],
  attribute: ['attr', 'attribute', 'meta', 'property', 'variable', 'selector', 'template'],
  deletion: ['deletion'],
  plain: ['subst'], // the expression within a string
};
const suffixes = new Map(
  Object.entries(scopes).flatMap(([suffix, all]) => all.map(scope => [scope, suffix])),
);

/** @typedef {{ scope?: string, children: (string | Scope)[] }} Scope  a node of highlight.js' tree */
/** @typedef {string | { suffix: string, children: Tree[] }} Tree  suffix: of the CSS class */

/**
 * @param {string} grammar  name of the highlight.js language module
 * @throws {RangeError} if it is unknown
 */
export async function loadGrammar(grammar) {
  if (!Object.hasOwn(grammars, grammar)) throw new RangeError(`${grammar} is unknown`);
  if (hljs.getLanguage(grammar)) return;
  const { default: language } = await grammars[grammar]();
  hljs.registerLanguage(grammar, language);
}

/**
 * Highlights code. The language is never detected.
 * @param {string} code
 * @param {string} grammar  that is loaded
 * @returns {Tree[]}
 */
export function highlightedTree(code, grammar) {
  const result = hljs.highlight(code, { language: grammar, ignoreIllegals: true });
  // Uses the tree instead of the HTML, so that text of the model is never parsed as HTML.
  const { rootNode } = /** @type {{ rootNode: Scope }} */ (/** @type {any} */ (result._emitter));
  return trees(rootNode);
}

/**
 * @param {Scope} scope
 * @returns {Tree[]}
 */
function trees({ children }) {
  return children.flatMap(child => {
    if (typeof child === 'string') return child;
    const suffix = classSuffix(child.scope);
    return suffix ? { suffix, children: trees(child) } : trees(child);
  });
}

/** @param {string} [scope] */
function classSuffix(scope = '') {
  return suffixes.get(scope) ?? suffixes.get(scope.split(/[.-]/)[0]);
}
