const LIST = /^const __vite__mapDeps=.*m\.f=\["\.\/app-[\w-]+\.css"\].*;\n/;
const USE = /__vite__mapDeps\(\[0\]\)/g;

/**
 * Saves 0.1 KB (brotli) of the transcript: a chunk that imports others would first look for app.css,
 * which index.html has loaded.
 * @returns {import('vite').Plugin}
 */
export function loadedStyles() {
  return {
    name: 'loaded-styles',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && LIST.test(file.code))
            file.code = file.code.replace(LIST, '').replace(USE, '[]');
      },
    },
  };
}
