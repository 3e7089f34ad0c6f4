import { Tokenizer } from 'marked';
import { restoreTabs } from './code-tabs.js';
import { blockMaths, formulaEnd, inlineMaths } from './maths.js';
import { markdownFence } from './nested-fences.js';
import { dunder, tableCode } from './rules.js';

/** @import { MarkedToken, Token, Tokens } from 'marked' */
/** @import { BoundedLexer } from './lexer.js' */
/** @import { Maths } from './maths.js' */

export const MAX_DEPTH = 20; // of blocks; limits the stack

/**
 * The tokens of our own, beside those of marked.
 * @typedef {{ type: 'sub' | 'sup' | 'kbd' | 'u' | 'mark', raw: string, tokens: Token[] }} InlineTag
 * @typedef {{ type: 'details', raw: string, summary?: Token[], tokens: Token[], open: boolean }} Details
 * @typedef {{ type: 'footnote', raw: string, tag: string, href: string, title: string, label: string, tokens: Token[] }} Footnote
 * @typedef {{ type: 'footnoteReference', raw: string, label: string }} FootnoteReference
 * @typedef {{ type: 'citation', raw: string }} Citation
 * @typedef {MarkedToken | InlineTag | Details | Footnote | FootnoteReference | Citation | Maths} AnswerToken
 */

const tableRows = /^[^\n]*\n {0,3}[|:-][-|: ]*(?:\n[^\n]+)*/;
const formulaOpening = /\\\[|\$\$/;
const nextLine = /^[ \t]*\n[ \t]*\S/;
const closedMaths = /\\[([].*?\\[)\]]/gs;
const inlineTag = /^<(sub|sup|kbd|u|mark)>/i;
const lineBreak = /^<br\s*\/?>$/i;
const detailsOpening = /^ {0,3}<details>[ \t]*(?:\n|$|(?=<summary>))/i;
const summary = /^\s*<summary>([\s\S]*?)(?:<\/summary>[ \t]*\n?|(?=\n[ \t]*\n)|$)/i;
const footnote = /^ {0,3}\[\^([^\s[\]^]{1,32})\]:[ \t]*([^\n]*(?:\n+(?: {2,}|\t)[^\n]*)*)(?:\n|$)/;
const footnoteReference = /^\[\^([^\s[\]^]{1,32})\]/;
const citation =
  /^(?:\ue200[^\ue200\ue201\n]*\ue201|[\ue200-\ue2ff]|【\d[\d:]*†[^【】\n]{0,100}】)/;
const windowsPath = /^\\[^\s`*"<>|()[\]\\][^\s`*"<>|()[\]]*/;
const networkPath = /^\\\\[\w.$-]+\\[\p{L}\p{N}][^\s`*"<>|()[\]]*/u;
const drive = /(?:^|[^\p{L}\p{N}])[a-z]:$/iu;
const escapedTask = /^\\\[[xX]\\\] /;
const escapes = /\\[!-/:-@[-`{-~]/g; // all that CommonMark knows
const wordBefore = /[^\s`"“”‘’，。；：、！？（）「」]*$/;
const wordAfter = /^[^\s`"“”‘’，。；：、！？（）「」]*/;
const MAX_WORD = 1_000; // characters on each side of a backslash, with formulas
const operator = /^\*(?!\*)(?:\w|\.\w)/; // 2*3*4, name_*.txt
// Punctuation of other scripts, and right after the host whatever is not a letter with a case, as in
// https://a.example에서, unless it is a part of the host, as in https://a例え.example.
const urlEnd =
  /[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’«»…،؛؟۔।]|(?![\p{LC}\p{M}])[^\0-\x7f](?<=^(?:[a-zA-Z]+:\/\/)?[\w.:@\p{LC}\p{M}-]+.)(?<!\p{L}(?=[\p{L}\p{M}\p{N}-]*\.[\p{L}\p{N}]))/u;
const nameStart = /(?=[^\0-\x7f])[\p{LC}\p{M}][\w.+-]*$/u; // what no name of an address has
const MAX_NAME = 100; // characters that are looked at before an address

/** Departs from CommonMark and GFM where docs/rendering.md says so. */
export class AnswerTokenizer extends Tokenizer {
  #depth = 0;
  #incomplete;

  /** @param {boolean} incomplete  whether more text follows the source */
  constructor(incomplete) {
    super();
    this.#incomplete = incomplete;
  }

  /** @param {string} source */
  blockquote(source) {
    return this.#nested(() => super.blockquote(source));
  }

  /** @param {string} source */
  list(source) {
    const token = this.#nested(() => super.list(source));
    if (token) restoreTabs(token);
    return token;
  }

  /**
   * The first tokenizer of marked after those for blank lines and indented code.
   * @param {string} source
   */
  fences(source) {
    return /** @type {Tokens.Code | undefined} */ (
      markdownFence(source) ??
        blockMaths(source, this.#incomplete) ??
        this.#footnote(source) ??
        super.fences(source)
    );
  }

  /**
   * Takes a bar within code or a formula for text. GFM ends the cell there and drops the last one of the row.
   * @param {string} source
   */
  table(source) {
    const rows = tableRows.exec(source)?.[0];
    if (!rows) return undefined;
    const escaped = rows.replace(tableCode, code => code.replace(/\\?\|/g, '\\|'));
    const token = super.table(escaped);
    if (token) token.raw = rows.split('\n', token.raw.trimEnd().split('\n').length).join('\n');
    return token;
  }

  /** @param {string} source */
  html(source) {
    const details = this.#nested(() => this.#details(source));
    return /** @type {Tokens.HTML | undefined} */ (details ?? super.html(source));
  }

  /**
   * The last tokenizer of marked before those for text. Takes a paragraph to the end of its formulas,
   * the lines of which are no blocks of their own. (marked would treat a `paragraph` of our own otherwise.)
   * @param {string} source
   */
  lheading(source) {
    const { lheading, paragraph } = this.rules.block;
    if (!formulaOpening.test(paragraph.exec(source)?.[0] ?? '')) return super.lheading(source);
    const end = this.lexer.state.top ? this.#endBeyond(source, paragraph) : undefined;
    if (end === undefined) {
      const to = (lheading.exec(source)?.[0].trimEnd().length ?? 0) - 1; // in a line of = or -
      const part = { from: 0, to, incomplete: this.#incomplete };
      return to > 0 && formulaEnd(source, part) ? undefined : super.lheading(source);
    }
    const raw = source.slice(0, end);
    const token = { type: 'paragraph', raw, text: raw, tokens: this.lexer.inline(raw) };
    return /** @type {Tokens.Heading} */ (/** @type {unknown} */ (token));
  }

  /**
   * A line of text in a list, or to the end of its formulas.
   * @param {string} source
   */
  text(source) {
    const end = this.#endBeyond(source, this.rules.block.text);
    if (end === undefined) return super.text(source);
    const raw = source.slice(0, end);
    return { type: /** @type {const} */ ('text'), raw, text: raw, tokens: this.lexer.inline(raw) };
  }

  /**
   * The first tokenizer of marked wherever markup can begin.
   * @param {string} source
   */
  escape(source) {
    return /** @type {Tokens.Escape | undefined} */ (
      this.#maths(source) ??
        this.#citation(source) ??
        this.#footnoteReference(source) ??
        this.#verbatim(source) ??
        this.#backslash(source)
    );
  }

  /**
   * @param {string} source
   * @param {string} masked
   * @param {string} previous
   */
  emStrong(source, masked, previous = '') {
    if (/\w$/.test(previous) && operator.test(source)) return undefined;
    return super.emStrong(source, masked, previous);
  }

  /**
   * Raw HTML is rendered as text, so that an `<a>` or `<code>` must not change how marked reads the
   * text after it; except `<br>`, the only line break within a table.
   * @param {string} source
   */
  tag(source) {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = this.#inlineTag(source) ?? super.tag(source);
    Object.assign(this.lexer.state, { inLink, inRawBlock });
    if (token && lineBreak.test(token.raw)) token.type = 'br';
    return /** @type {Tokens.Tag | undefined} */ (token);
  }

  /** @param {string} source */
  url(source) {
    const token = super.url(source);
    if (!token) return undefined;
    const isRest =
      token.href.startsWith('mailto:') && nameStart.test(this.#before(source).slice(-MAX_NAME));
    if (isRest) return undefined;
    const end = token.raw.search(urlEnd);
    return end < 0 ? token : super.url(source.slice(0, end));
  }

  /** @param {string} source */
  #details(source) {
    const first = detailsOpening.exec(source)?.[0];
    if (!first) return undefined;
    const end = detailsEnd(source, first.length);
    const inner = source.slice(first.length, end?.index);
    const [head = '', title] = summary.exec(inner) ?? [];
    return {
      type: 'details',
      raw: source.slice(0, end ? end.index + end[0].length : undefined),
      summary: title === undefined ? undefined : this.lexer.inline(title.trim()),
      tokens: this.#blocks(inner.slice(head.length), true),
      open: !end && !this.#incomplete, // hides nothing where the model has not said up to where
    };
  }

  /** @param {string} source */
  #footnote(source) {
    const [raw, label = '', text = ''] = footnote.exec(source) ?? [];
    if (!raw) return undefined;
    const link = { href: '', title: '' };
    const tag = `^${label}`.toLowerCase();
    this.lexer.tokens.links[tag] ??= link;
    const tokens = this.#blocks(text.replace(/\n(?: {1,4}|\t)/g, '\n'), false);
    return { type: 'footnote', raw, tag, label, ...link, tokens };
  }

  /**
   * A numbered reference is one before its definition arrives; another label needs the definition,
   * because text like [^a-z] has the same form.
   * @param {string} source
   */
  #footnoteReference(source) {
    const [raw, label = ''] = footnoteReference.exec(source) ?? [];
    if (!raw) return undefined;
    const known = /^\d+$/.test(label) || `^${label}`.toLowerCase() in this.lexer.tokens.links;
    return known ? { type: 'footnoteReference', raw, label } : undefined;
  }

  /** @param {string} source */
  #maths(source) {
    const token = inlineMaths(source);
    if (!token) return undefined;
    const before = this.#before(source);
    const isEscape = before === '' ? escapedTask.test(source) : this.#isCode(before, '');
    return isEscape ? undefined : token;
  }

  /** @param {string} source */
  #citation(source) {
    const raw = citation.exec(source)?.[0];
    return raw ? { type: 'citation', raw } : undefined;
  }

  /**
   * A Windows path, or a name such as __init__.
   * @param {string} source
   */
  #verbatim(source) {
    if (!/^\\|^__/.test(source)) return undefined;
    const before = this.#before(source);
    const path = drive.test(before) ? windowsPath : networkPath;
    const found = /\\$/.test(before) ? null : path.exec(source);
    const raw = (found ?? (/\w$/.test(before) ? null : dunder.exec(source)))?.[0];
    return raw ? { type: 'escape', raw, text: raw } : undefined;
  }

  /**
   * Keeps the backslash in a word where another one escapes nothing, as in \d+\.\d: such a word is
   * code, not escaped text.
   * @param {string} source
   */
  #backslash(source) {
    const token = super.escape(source);
    if (!token) return undefined;
    return this.#isCode(this.#before(source), source) ? { ...token, text: token.raw } : token;
  }

  /**
   * @param {string} before
   * @param {string} after
   */
  #isCode(before, after) {
    const [start = ''] = wordBefore.exec(before.slice(-MAX_WORD).replace(closedMaths, '')) ?? [];
    const [end = ''] = wordAfter.exec(after.slice(0, MAX_WORD)) ?? [];
    return /^\^|\\[\p{L}\p{N}]/u.test((start + end).replace(escapes, ''));
  }

  /** The text before the source in its run. @param {string} source */
  #before(source) {
    const { run } = /** @type {BoundedLexer} */ (/** @type {unknown} */ (this.lexer));
    return run.slice(0, run.length - source.length);
  }

  /** @param {string} source */
  #inlineTag(source) {
    const [opening, name] = inlineTag.exec(source) ?? [];
    if (!opening) return undefined;
    let depth = 0;
    for (const { 0: tag, 1: slash, index } of source.matchAll(new RegExp(`<(/?)${name}>`, 'gi'))) {
      depth += slash ? -1 : 1;
      if (depth > 0) continue;
      const tokens = this.lexer.inlineTokens(source.slice(opening.length, index));
      return { type: name.toLowerCase(), raw: source.slice(0, index + tag.length), tokens };
    }
    return undefined;
  }

  /**
   * Where a block ends if a formula in it goes on after the lines that the rule takes.
   * @param {string} source
   * @param {RegExp} rule
   */
  #endBeyond(source, rule) {
    let from = 0;
    let to = rule.exec(source)?.[0].trimEnd().length ?? 0;
    while (nextLine.test(source.slice(to))) {
      const end = formulaEnd(source, { from, to, incomplete: this.#incomplete });
      if (end === undefined) break;
      from = end;
      to = end + (rule.exec(`x${source.slice(end)}`)?.[0].length ?? 1) - 1;
    }
    return from > 0 ? to : undefined;
  }

  /**
   * @param {string} source
   * @param {boolean} top  whether lines of text are paragraphs
   */
  #blocks(source, top) {
    const { state } = this.lexer;
    const outer = state.top;
    state.top = top;
    const tokens = this.lexer.blockTokens(source, []);
    state.top = outer;
    return tokens;
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

/**
 * @param {string} source
 * @param {number} start  after the opening tag
 */
function detailsEnd(source, start) {
  const marks =
    /^[ \t]*(?:(?:(?:[-*+>]|\d+[.)])[ \t]+)*(`{3,}(?![^\n]*`)|~{3,})|(<details>)|<\/details>[ \t]*\n?)|<\/details>[ \t]*(?:\n|$)/gim;
  marks.lastIndex = start;
  let depth = 1;
  let fence = '';
  for (let found = marks.exec(source); found; found = marks.exec(source)) {
    const [, mark = '', opening] = found;
    if (mark) fence = fence ? (mark.startsWith(fence) ? '' : fence) : mark;
    else if (!fence) depth += opening ? 1 : -1;
    if (depth === 0) return found;
  }
  return undefined;
}
