const HELPER = '\0vite/preload-helper.js';
const UNUSED_ARGUMENTS = ',[],import.meta.url)'; // the list, and what its paths are relative to

/**
 * Saves 0.6 KB (brotli) of the application: Vite's function around each dynamic import, which loads the
 * dependencies of a chunk in advance, calls the import and nothing else. No chunk has a list of
 * dependencies (`resolveDependencies` in vite.config.js), and no style sheet of its own.
 * @returns {import('vite').Plugin}
 */
export function plainImports() {
  let found = false;
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (id !== HELPER) return undefined;
      found = true;
      return 'export const __vitePreload = load => load();';
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        if (!found) throw new Error(`vite no longer has ${HELPER}`);
        for (const file of Object.values(bundle))
          if (file.type === 'chunk') file.code = file.code.replaceAll(UNUSED_ARGUMENTS, ')');
      },
    },
  };
}
