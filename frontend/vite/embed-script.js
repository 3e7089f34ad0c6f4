import { readFileSync } from 'node:fs';
import { minifySync } from 'vite';

export const EMBED_SCRIPT = 'embed.js';
const source = new URL('../src/embed/loader.js', import.meta.url);

/**
 * Writes embed.js, the script that other sites include. Its name has no hash, because it stands in
 * their pages.
 * @returns {import('vite').Plugin}
 */
export function embedScript() {
  return {
    name: 'embed-script',
    generateBundle() {
      const { code, errors } = minifySync(EMBED_SCRIPT, readFileSync(source, 'utf8'), {
        module: false,
      });
      if (errors.length > 0) throw new Error(errors[0].message);
      this.emitFile({ type: 'asset', fileName: EMBED_SCRIPT, source: code.replaceAll('\\n', '') });
    },
  };
}
