/**
 * Reads highlight.js' core as the ES module it could be: it is published as CommonJS only, whose
 * imitation would weigh as much as a language.
 * @returns {import('vite').Plugin}
 */
export function highlighterCore() {
  return {
    name: 'highlighter-core',
    apply: 'build',
    transform: {
      filter: { id: /\/highlight\.js\/lib\/core\.js$/ },
      handler: code => `const module = {};\n${code}\nexport default module.exports;`,
    },
  };
}
