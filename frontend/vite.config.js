import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { compressed } from './vite/compressed.js';
import { highlighterCore } from './vite/highlighter-core.js';
import { htmlPlaceholders, ownText } from './vite/html-placeholders.js';
import { lexerAlone } from './vite/lexer-alone.js';
import { serviceWorker } from './vite/service-worker.js';
import { sizeGate } from './vite/size-gate.js';
import { gatewayConfig, staticSite } from './vite/static-site.js';

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
 * The plugins that depend on the environment: the text of the page, and its host, a static one or
 * the gateway.
 * @param {boolean} jar  the gateway serves the page and reads the environment itself
 */
function fromEnvironment(jar) {
  try {
    const environment = jar ? {} : process.env;
    const config = gatewayConfig(environment);
    const text = htmlPlaceholders(ownText(environment));
    return { text, host: config ? staticSite(config) : compressed() };
  } catch (cause) {
    console.error(/** @type {Error} */ (cause).message);
    process.exit(1);
  }
}

export default defineConfig(({ command, mode }) => {
  const { text, host } = fromEnvironment(mode === 'jar');
  return {
    root: import.meta.dirname,
    base: './',
    plugins: [
      text,
      tailwind(),
      lexerAlone(),
      highlighterCore(),
      serviceWorker(),
      sizeGate(),
      ...(command === 'build' ? [host] : []),
      developmentConfig(),
    ],
    server: { port: 3000, strictPort: true },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: ['chrome120', 'firefox121', 'safari17.2'],
      modulePreload: {
        polyfill: false,
        // Of the start only: for chunks on demand the list of files would weigh 0.3 KB at the start.
        resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
      },
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          entryFileNames: 'assets/app-[hash].js',
          assetFileNames: 'assets/app-[hash][extname]',
          chunkFileNames: 'assets/[name]-[hash].js',
          codeSplitting: {
            // A group also takes the imports of its modules, so that modules that import the
            // application cannot be in one.
            groups: [{ name: 'archive', test: /\/src\/conversation\/archive\.js$/ }],
          },
        },
      },
    },
  };
});
