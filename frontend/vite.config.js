import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { brand, marked, markedText } from './vite/brand.js';
import { brandSettings } from './vite/brand-settings.js';
import { compressed } from './vite/compressed.js';
import { embedScript } from './vite/embed-script.js';
import { formulaLibrary } from './vite/formula-library.js';
import { highlighterCore } from './vite/highlighter-core.js';
import { htmlPlaceholders } from './vite/html-placeholders.js';
import { awaitedTranslation, languages } from './vite/languages.js';
import { lexerAlone } from './vite/lexer-alone.js';
import { loadedStyles } from './vite/loaded-styles.js';
import { plainImports } from './vite/plain-imports.js';
import { serviceWorker } from './vite/service-worker.js';
import { sizeGate } from './vite/size-gate.js';
import { gatewayConfig, staticSite } from './vite/static-site.js';
import { transcriptPreload } from './vite/transcript-preload.js';
import { usedResets } from './vite/used-resets.js';

const DEVELOPMENT_CONFIG = { gatewayUrl: 'http://localhost:8000', gatewayToken: 'dev-token' };

/**
 * Serves config.json in development; a build's config.json is written by its host.
 * @returns {import('vite').Plugin}
 */
function developmentConfig() {
  return {
    name: 'development-config',
    configureServer(server) {
      server.middlewares.use('/config.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(DEVELOPMENT_CONFIG));
      });
    },
  };
}

/**
 * The plugin for the operator's brand. The gateway fills it in by itself.
 * @param {boolean} jar  the gateway serves the page; the environment is ignored
 */
function pageBrand(jar) {
  return orExit(() => brand(jar ? undefined : brandSettings(process.env)));
}

/**
 * The plugin for the host of the page: a static host, or the gateway.
 * @param {boolean} jar  the gateway serves the page; the environment is ignored
 */
function host(jar) {
  return orExit(() => {
    const config = jar ? undefined : gatewayConfig(process.env);
    return config ? staticSite(config) : compressed();
  });
}

/**
 * Ends the build with the message of an error.
 * @template T
 * @param {() => T} create
 * @returns {T}
 */
function orExit(create) {
  try {
    return create();
  } catch (cause) {
    console.error(/** @type {Error} */ (cause).message);
    process.exit(1);
  }
}

export default defineConfig(({ command, mode }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [
    htmlPlaceholders(marked, markedText),
    tailwind(),
    usedResets(),
    lexerAlone(),
    formulaLibrary(),
    plainImports(),
    transcriptPreload(),
    languages(),
    awaitedTranslation(),
    pageBrand(mode === 'jar'),
    embedScript(),
    loadedStyles(),
    serviceWorker(),
    sizeGate(mode === 'jar'),
    ...(command === 'build' ? [host(mode === 'jar')] : []),
    developmentConfig(),
  ],
  worker: {
    format: 'es',
    plugins: () => [highlighterCore()],
    // The imports of a worker: the grammars of the highlighter.
    rolldownOptions: { output: { chunkFileNames: 'assets/grammar-[name]-[hash].js' } },
  },
  server: { port: 3000, strictPort: true },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17.4'],
    modulePreload: {
      polyfill: false,
      // Of the start only: for chunks on demand the list of files would weigh 0.3 KB at the start.
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/app-[hash].js',
        assetFileNames: ({ names: [name] }) =>
          `assets/${/^(?:transcript|formulas|attachments)\.css$/.test(name) ? '[name]' : 'app'}-[hash][extname]`,
        chunkFileNames: 'assets/[name]-[hash].js',
        codeSplitting: {
          // A group also takes the imports of its modules, so that modules that import the
          // application cannot be in one.
          groups: [
            { name: 'sources', test: /\/src\/conversation\/sources\.js$/, priority: 1 },
            { name: 'archive', test: /\/src\/conversation\/archive\.js$/ },
          ],
        },
      },
    },
  },
}));
