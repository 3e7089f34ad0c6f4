/**
 * Saves 195 bytes (brotli) of the highlighter: reads the CommonJS file of the highlight.js core as an
 * ES module, without the CommonJS interop of the bundler.
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
