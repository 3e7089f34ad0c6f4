import hljs from 'highlight.js/lib/core';

// Characters. A longer block stays plain, as colouring it would hold the page up.
const LONGEST = 50_000;

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

/**
 * The colours, at most eight, by highlight.js' names for what it finds, or their first part.
 * @type {Record<string, string>}
 */
const colours = {
  comment: 'comment',
  quote: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  name: 'keyword',
  section: 'keyword',
  'selector-tag': 'keyword',
  string: 'string',
  regexp: 'string',
  symbol: 'string',
  addition: 'string',
  code: 'string',
  number: 'number',
  bullet: 'number',
  link: 'number',
  title: 'function',
  'title.class': 'type',
  type: 'type',
  built_in: 'type',
  attr: 'attribute',
  attribute: 'attribute',
  meta: 'attribute',
  property: 'attribute',
  variable: 'attribute',
  selector: 'attribute',
  template: 'attribute',
  deletion: 'deletion',
  subst: 'plain', // the expression within a string
};

/**
 * @typedef {{ scope?: string, children: (string | Scope)[] }} Scope  what highlight.js found, nested
 */

/**
 * Code in colour. The language is never guessed.
 * @param {string} code
 * @param {string} grammar  highlight.js' module for the language
 * @returns {Promise<Node | undefined>}  nothing if the code had better stay plain
 */
export async function highlighted(code, grammar) {
  if (code.length > LONGEST || !Object.hasOwn(grammars, grammar)) return undefined;
  const { default: language } = await grammars[grammar]();
  await idle();
  if (!hljs.getLanguage(grammar)) {
    hljs.registerLanguage(grammar, language);
    hljs.highlight('', { language: grammar }); // compiles the grammar, a long task of its own
    await idle();
  }
  const result = hljs.highlight(code, { language: grammar, ignoreIllegals: true });
  // Its tree, not its HTML: nothing a model wrote is ever parsed as a document.
  const { rootNode } = /** @type {{ rootNode: Scope }} */ (/** @type {any} */ (result._emitter));
  return within(document.createDocumentFragment(), rootNode);
}

/**
 * @template {Node} T
 * @param {T} parent
 * @param {Scope} scope
 */
function within(parent, { children }) {
  for (const child of children) {
    if (typeof child === 'string') parent.appendChild(document.createTextNode(child));
    else within(coloured(parent, child.scope), child);
  }
  return parent;
}

/**
 * @param {Node} parent
 * @param {string} [scope]
 */
function coloured(parent, scope = '') {
  const colour = colours[scope] ?? colours[scope.split(/[.-]/)[0]];
  if (!colour) return parent;
  const span = document.createElement('span');
  span.className = `code-${colour}`;
  return parent.appendChild(span);
}

function idle() {
  return new Promise(resolve => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(resolve, { timeout: 2_000 });
    else setTimeout(resolve, 50); // Safari
  });
}
