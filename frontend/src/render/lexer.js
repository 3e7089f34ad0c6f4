import { Lexer } from 'marked';
import { completeInline } from './incomplete-markdown.js';
import { blockRules, inlineRules } from './rules.js';
import { AnswerTokenizer, MAX_DEPTH } from './tokenizer.js';

/** @import { Links, Token } from 'marked' */
/** @import { AnswerToken } from './tokenizer.js' */

// Limits quadratic time in marked: the rest of a paragraph after this many markers stays text.
const MAX_MARKERS = 500;
const marker = /\\[\s\S]?|[*_~`<[\]$@]/g;

export class BoundedLexer extends Lexer {
  #depth = 0;
  run = ''; // the source of the inline tokens that are being read

  /**
   * @param {string} source
   * @param {Token[]} [tokens]
   */
  inlineTokens(source, tokens = []) {
    const end = this.#depth === MAX_DEPTH ? 0 : endOfMarkup(source);
    if (end > 0) {
      const outer = this.run;
      this.run = source.slice(0, end);
      this.#depth++;
      super.inlineTokens(this.run, tokens);
      this.#depth--;
      this.run = outer;
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
  const tokenizer = new AnswerTokenizer(incomplete);
  const lexer = new BoundedLexer({ gfm: true, tokenizer });
  tokenizer.rules = { ...tokenizer.rules, block: blockRules, inline: inlineRules };
  Object.assign(lexer.tokens.links, links);
  try {
    lexer.blockTokens(source, lexer.tokens);
    if (incomplete) completeLastRun(lexer, source);
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

/**
 * @param {BoundedLexer} lexer
 * @param {string} source
 */
function completeLastRun(lexer, source) {
  const last = lastInlineTokens(lexer.tokens);
  const run = lexer.inlineQueue.findLast(({ tokens }) => tokens === last);
  if (!run) return;
  const lineEnd = source.endsWith('\n') ? '\n' : ''; // the character after the run, if it is known
  const completed = completeInline(run.src + lineEnd, part => lexer.inlineTokens(part));
  run.src = completed.replace(/\n$/, '');
}

/**
 * @param {Token[]} tokens
 * @returns {Token[] | undefined}  the list that receives the inline tokens of the last text
 */
function lastInlineTokens(tokens) {
  const last = /** @type {AnswerToken | undefined} */ (tokens.at(-1));
  switch (last?.type) {
    case 'list':
      return lastInlineTokens(last.items.at(-1)?.tokens ?? []);
    case 'blockquote':
    case 'footnote':
      return lastInlineTokens(last.tokens);
    case 'details':
      return last.tokens.length ? lastInlineTokens(last.tokens) : last.summary;
    case 'table':
      return last.rows.at(-1)?.findLast(({ text }) => text !== '')?.tokens;
    case 'paragraph':
    case 'heading':
    case 'text':
      return last.tokens;
  }
}
