const ENTRY = '\0formula-library';

/** Temml's function that makes a tree of TeX, composed of its modules. */
const source = `
  import defineMacro from 'temml/src/defineMacro.js';
  import buildMathML from 'temml/src/buildMathML.js';
  import parseTree from 'temml/src/parseTree.js';
  import Settings from 'temml/src/Settings.js';
  import Style from 'temml/src/Style.js';
  import { StyleLevel } from 'temml/src/constants.js';

  export default {
    __defineMacro: defineMacro,
    __renderToMathMLTree(tex, options) {
      const settings = new Settings(options);
      const level = settings.displayMode ? StyleLevel.DISPLAY : StyleLevel.TEXT;
      const style = new Style({ level, maxSize: settings.maxSize });
      return buildMathML(parseTree(tex, settings), tex, style, settings);
    },
  };
`;

/**
 * Saves 10 KB (brotli) of the formulas: bundles only what the page uses of Temml. Its published file
 * also has physics, and functions that write into a page. Unit tests use the published
 * file, browser tests the built one.
 * @returns {import('vite').Plugin}
 */
export function formulaLibrary() {
  return {
    name: 'formula-library',
    apply: 'build',
    enforce: 'pre',
    resolveId: id => (id === 'temml' ? ENTRY : undefined),
    load: id => (id === ENTRY ? source : undefined),
    // The commands of chemistry are a script that expects the library as a global variable.
    transform: {
      filter: { id: /\/temml\/contrib\/mhchem\/mhchem\.js$/ },
      handler: code => `import temml from 'temml';\n${code.replace('\uFEFF', '')}`,
    },
  };
}
