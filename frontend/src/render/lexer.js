import { Lexer, Tokenizer } from 'marked';
import { completeInline } from './incomplete-markdown.js';

/** @import { Links, MarkedToken, Token } from 'marked' */

// Limits against stack overflow and quadratic time in marked. Syntax that is nested deeper, and the
// rest of a paragraph after this many markers, stays text.
const MAX_DEPTH = 20;
const MAX_MARKERS = 500;
const marker = /[*_~`<\\[\]]/g;

class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  /** @param {string} source */
  blockquote(source) {
    return this.#nested(() => super.blockquote(source));
  }

  /** @param {string} source */
  list(source) {
    return this.#nested(() => super.list(source));
  }

  /**
   * Raw HTML is rendered as text, so that an `<a>` or `<code>` must not change how marked reads the
   * text after it.
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
   * @param {() => T} tokenize
   */
  #nested(tokenize) {
    if (this.#depth === MAX_DEPTH) return undefined;
    this.#depth++;
    const token = tokenize();
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
    const end = this.#depth === MAX_DEPTH ? 0 : endOfMarkup(source);
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
const pending = new WeakMap();

/**
 * Parses Markdown (GFM) into marked's tokens, whose joined `raw` is the source. The inline `tokens`
 * of paragraphs, headings and cells are empty until `readInline` fills them.
 * @param {string} source  with `\n` as its only line ending
 * @param {{ links?: Links, incomplete?: boolean }} [options]  links: definitions of earlier blocks;
 *   incomplete: more text follows, so partial syntax at the end is completed or hidden
 * @returns {Token[]}
 */
export function lex(source, { links = {}, incomplete = false } = {}) {
  const lexer = new BoundedLexer({ gfm: true, tokenizer: new BoundedTokenizer() });
  Object.assign(lexer.tokens.links, links);
  try {
    lexer.blockTokens(source, lexer.tokens);
    if (incomplete) completeLastRun(lexer);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ type: 'paragraph', raw: source, text: source, tokens: [verbatim(source)] }];
  }
  for (const { src, tokens } of lexer.inlineQueue) {
    pending.set(tokens, () => lexer.inlineTokens(src, tokens));
  }
  return lexer.tokens;
}

/**
 * Parses the inline tokens on first use, because most of a long list or table is rendered already.
 * @param {Token[]} tokens
 */
export function readInline(tokens) {
  pending.get(tokens)?.();
  pending.delete(tokens);
  return tokens;
}

/** @param {string} source */
function endOfMarkup(source) {
  let count = 0;
  for (const { index } of source.matchAll(marker)) if (++count > MAX_MARKERS) return index;
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
function completeLastRun(lexer) {
  const last = lastInlineTokens(lexer.tokens);
  const run = lexer.inlineQueue.findLast(({ tokens }) => tokens === last);
  if (run) run.src = completeInline(run.src, source => lexer.inlineTokens(source));
}

/**
 * @param {Token[]} tokens
 * @returns {Token[] | undefined}  the list that receives the inline tokens of the last text
 */
function lastInlineTokens(tokens) {
  const last = /** @type {MarkedToken | undefined} */ (tokens.at(-1));
  switch (last?.type) {
    case 'list':
      return lastInlineTokens(last.items.at(-1)?.tokens ?? []);
    case 'blockquote':
      return lastInlineTokens(last.tokens);
    case 'table':
      return last.rows.at(-1)?.findLast(({ text }) => text !== '')?.tokens;
    case 'paragraph':
    case 'heading':
    case 'text':
      return last.tokens;
  }
}
