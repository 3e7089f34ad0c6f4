import { Lexer, Tokenizer } from 'marked';
import { mended } from './incomplete-markdown.js';

/** @import { Links, MarkedToken, Token } from 'marked' */

// A hostile answer must neither exhaust the stack nor freeze the page. What is nested deeper than so
// many levels stays text; so does the rest of a paragraph after so many markers, as marked's time
// grows with their square.
const DEEPEST = 20;
const MOST_MARKERS = 500;
const marker = /[*_~`<\\[\]]/g;

class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  /** @param {string} source */
  blockquote(source) {
    return this.#within(() => super.blockquote(source));
  }

  /** @param {string} source */
  list(source) {
    return this.#within(() => super.list(source));
  }

  /**
   * Raw HTML is shown, not obeyed: an `<a>` or `<code>` must not change how the words after it read.
   * @param {string} source
   */
  tag(source) {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = super.tag(source);
    Object.assign(this.lexer.state, { inLink, inRawBlock });
    return token;
  }

  /**
   * @template T
   * @param {() => T} read
   */
  #within(read) {
    if (this.#depth === DEEPEST) return undefined;
    this.#depth++;
    const token = read();
    this.#depth--;
    return token;
  }
}

class BoundedLexer extends Lexer {
  #depth = 0;

  /**
   * @param {string} source
   * @param {Token[]} [tokens]
   */
  inlineTokens(source, tokens = []) {
    const end = this.#depth === DEEPEST ? 0 : endOfMarkup(source);
    if (end > 0) {
      this.#depth++;
      super.inlineTokens(source.slice(0, end), tokens);
      this.#depth--;
    }
    if (end < source.length) tokens.push(verbatim(source.slice(end)));
    return tokens;
  }
}

/** @type {WeakMap<Token[], () => void>} */
const unread = new WeakMap();

/**
 * Reads markdown (GFM) into marked's tokens; their `raw`s, joined, are the source. Of paragraphs,
 * headings and cells the `tokens` are empty until `read` fills them.
 * @param {string} source  with `\n` as its only line ending
 * @param {{ links?: Links, growing?: boolean }} [options]  links: definitions that came before;
 *   growing: more text will follow, so syntax that is only half typed at the end is completed or hidden
 * @returns {Token[]}
 */
export function lex(source, { links = {}, growing = false } = {}) {
  const lexer = new BoundedLexer({ gfm: true, tokenizer: new BoundedTokenizer() });
  Object.assign(lexer.tokens.links, links);
  try {
    lexer.blockTokens(source, lexer.tokens);
    if (growing) mendLastRun(lexer);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ type: 'paragraph', raw: source, text: source, tokens: [verbatim(source)] }];
  }
  for (const { src, tokens } of lexer.inlineQueue) {
    unread.set(tokens, () => lexer.inlineTokens(src, tokens));
  }
  return lexer.tokens;
}

/**
 * The tokens with their inline markup read. It waits until it is asked for, since most of a long
 * list or table is on the page already.
 * @param {Token[]} tokens
 */
export function read(tokens) {
  unread.get(tokens)?.();
  unread.delete(tokens);
  return tokens;
}

/** @param {string} source */
function endOfMarkup(source) {
  let count = 0;
  for (const { index } of source.matchAll(marker)) if (++count > MOST_MARKERS) return index;
  return source.length;
}

/**
 * @param {string} source
 * @returns {Token}
 */
function verbatim(source) {
  return { type: 'escape', raw: source, text: source };
}

/** @param {BoundedLexer} lexer */
function mendLastRun(lexer) {
  const words = lastWords(lexer.tokens);
  const run = lexer.inlineQueue.findLast(({ tokens }) => tokens === words);
  if (run) run.src = mended(run.src, source => lexer.inlineTokens(source));
}

/**
 * @param {Token[]} tokens
 * @returns {Token[] | undefined}  the list that the words at the very end are read into
 */
function lastWords(tokens) {
  const last = /** @type {MarkedToken | undefined} */ (tokens.at(-1));
  switch (last?.type) {
    case 'list':
      return lastWords(last.items.at(-1)?.tokens ?? []);
    case 'blockquote':
      return lastWords(last.tokens);
    case 'table':
      return last.rows.at(-1)?.findLast(({ text }) => text !== '')?.tokens;
    case 'paragraph':
    case 'heading':
    case 'text':
      return last.tokens;
  }
}
