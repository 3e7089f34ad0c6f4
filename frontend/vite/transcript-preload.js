const SOURCE = '/src/ui/transcript.js';

/**
 * Replaces the path of the transcript in the inline script of index.html by that of its chunk. The
 * script preloads it where the address names a conversation.
 * @returns {import('vite').Plugin}
 */
export function transcriptPreload() {
  return {
    name: 'transcript-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunk = Object.values(bundle).find(
          file => file.type === 'chunk' && file.facadeModuleId?.endsWith(SOURCE),
        );
        if (!chunk || !html.includes(SOURCE)) throw new Error(`index.html has no ${SOURCE}`);
        return html.replace(SOURCE, `./${chunk.fileName}`);
      },
    },
  };
}
