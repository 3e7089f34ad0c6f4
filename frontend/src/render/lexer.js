import { Lexer, Tokenizer } from 'marked';
import { mended } from './half-typed.js';

/** @import { Links, MarkedToken, Token } from 'marked' */

// Levels of nesting. What lies deeper stays text, or a hostile answer would exhaust the stack.
const DEEPEST = 20;

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
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

class BoundedLexer extends Lexer {
  #depth = 0;

  /**
   * @param {string} source
   * @param {Token[]} [tokens]
   */
  inlineTokens(source, tokens = []) {
    if (this.#depth === DEEPEST) {
      tokens.push({ type: 'text', raw: source, text: source });
      return tokens;
    }
    this.#depth++;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      this.#depth--;
    }
  }
}

/**
 * Reads markdown (GFM) into marked's tokens; their `raw`s, joined, are the source.
 * @param {string} source  with `\n` as its only line ending
 * @param {{ links?: Links, growing?: boolean }} [options]  links: definitions that came before;
 *   growing: more text will follow, so syntax that is only half typed at the end is completed or hidden
 * @returns {Token[]}
 */
export function lex(source, { links = {}, growing = false } = {}) {
  try {
    const lexer = new BoundedLexer({ gfm: true, tokenizer: new BoundedTokenizer() });
    Object.assign(lexer.tokens.links, links);
    lexer.blockTokens(source, lexer.tokens);
    if (growing) mendLastRun(lexer);
    return lexer.lex(''); // reads the queued inline runs
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const text = { type: 'text', raw: source, text: source };
    return [{ type: 'paragraph', raw: source, text: source, tokens: [text] }];
  }
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
