/** @import { HLJSApi, Language } from 'highlight.js' */

/**
 * Saves 3,314 bytes (brotli) when CSS is highlighted, and keeps the grammar within its budget: CSS,
 * SCSS and Less by their syntax. The grammar of highlight.js lists every property by name.
 * @param {HLJSApi} hljs
 * @returns {Language}
 */
export default function css(hljs) {
  const strings = [hljs.APOS_STRING_MODE, hljs.QUOTE_STRING_MODE];
  const comments = [hljs.C_BLOCK_COMMENT_MODE, hljs.COMMENT(/(?<!:)\/\//, /$/)];
  const value = {
    end: /(?=[;{}])/,
    contains: [
      ...comments,
      ...strings,
      {
        scope: 'number',
        begin: /#[\da-f]{3,8}\b|(?<![\w-])[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:%|\w+)?/,
      },
      { scope: 'built_in', begin: /[a-z][\w-]*(?=\()/ },
      { scope: 'variable', begin: /--[\w-]+|[$@][\w-]+/ },
      { scope: 'keyword', begin: /!\s*[a-z]+/ },
    ],
  };
  return {
    name: 'CSS',
    case_insensitive: true,
    contains: [
      ...comments,
      // Unlike the pseudo-class of a nested selector, a property's colon is followed by no brace.
      {
        scope: 'attribute',
        begin: /(?:--|[$@])?[a-z][\w-]*(?=\s*:(?:[^{};]|#\{){0,300}(?:[;}]|$))/,
        starts: value,
      },
      { scope: 'keyword', begin: /@[\w-]+/ },
      { scope: 'selector-class', begin: /\.[\w-]+/ },
      { scope: 'selector-id', begin: /#[\w-]+/ },
      { scope: 'selector-attr', begin: /\[/, end: /\]/, contains: strings },
      { scope: 'selector-pseudo', begin: /::?[a-z][\w-]*/ },
      { scope: 'selector-tag', begin: /(?<![\w-])[a-z][\w-]*(?=[^{};()]{0,300}\{)/ },
      ...strings,
    ],
  };
}
