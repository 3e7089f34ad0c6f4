import { withoutTracking } from '../conversation/tracking.js';
import { renderStrings as words } from '../strings/render.js';
import { decodeCharacterReferences } from './character-references.js';
import { inlineText } from './inline-text.js';
import { readInline } from './lexer.js';
import { safeLink } from './safe-link.js';
import { softBreaks } from './soft-breaks.js';
import { visibleText } from './visible-text.js';

/** @import { Token, Tokens } from 'marked' */
/** @import { Maths } from './maths.js' */
/** @import { AnswerToken, Details, Footnote } from './tokenizer.js' */

const LONG_CELL = 24; // characters; a longer cell does not become narrower than a few words

/**
 * A description of a DOM node, made from a token. Equal kind and key mean equal content; without a
 * key, the content must be compared.
 * @typedef {{ kind: '#text', key: string, text: string }} Text
 * @typedef {{ kind: string, key: string, text: string, info: string, closed: boolean }} Code
 * @typedef {{ kind: string, key: string, text: string, block: boolean }} Formula
 * @typedef {{
 *   kind: string, key?: string, attributes: Record<string, string>, children: () => VNode[]
 * }} Element  its kind is the name of its tag
 * @typedef {Text | Code | Formula | Element} VNode
 */

/**
 * @param {Token} token  a block of the top level
 * @returns {VNode | undefined}  undefined for blank lines and link definitions
 */
export function block(token) {
  const vnode = tokenToVNodes(/** @type {AnswerToken} */ (token)).at(0);
  if (vnode && 'attributes' in vnode) vnode.attributes = { dir: 'auto', ...vnode.attributes };
  return vnode;
}

/**
 * @param {Token[]} tokens
 * @returns {VNode[]}
 */
function tokensToVNodes(tokens) {
  return readInline(tokens).flatMap(token => tokenToVNodes(/** @type {AnswerToken} */ (token)));
}

/**
 * @param {AnswerToken} token
 * @returns {VNode[]}
 */
function tokenToVNodes(token) {
  switch (token.type) {
    case 'paragraph':
      return readInline(token.tokens).length ? [container('p', token)] : [];
    case 'heading':
      return readInline(token.tokens).length
        ? [container(`h${Math.min(token.depth + 2, 6)}`, token)]
        : [];
    case 'blockquote':
    case 'strong':
    case 'em':
    case 'del':
    case 'sub':
    case 'sup':
    case 'kbd':
    case 'u':
    case 'mark':
      return [container(token.type, token)];
    case 'details':
      return [details(token)];
    case 'footnote':
      return [footnote(token)];
    case 'footnoteReference':
      return [footnoteMark(token)];
    case 'maths':
      return [formula(token)];
    case 'list':
      return [list(token)];
    case 'table':
      return [table(token)];
    case 'code':
      return [code(token)];
    case 'hr':
    case 'br':
      return [element(token.type, token.raw)];
    case 'html':
      return [rawHtml(token)];
    case 'checkbox':
      return [checkbox(token)];
    case 'codespan':
      return [element('code', token.raw, {}, () => texts(token.raw, token.text))];
    case 'link':
      return [link(token)];
    case 'image':
      return [image(token)];
    case 'escape':
      return texts(token.raw, token.text);
    case 'text':
      return token.tokens
        ? tokensToVNodes(token.tokens)
        : texts(token.raw, decodeCharacterReferences(token.text));
    default:
      return [];
  }
}

/**
 * @param {string} kind
 * @param {string} [key]
 * @param {Record<string, string>} [attributes]
 * @param {() => VNode[]} [children]
 * @returns {Element}
 */
function element(kind, key, attributes = {}, children = () => []) {
  return { kind, key, attributes, children };
}

/**
 * @param {string} kind
 * @param {{ raw: string, tokens: Token[] }} token
 */
function container(kind, { raw, tokens }) {
  return element(kind, raw, {}, () => tokensToVNodes(tokens));
}

/**
 * @param {string} raw
 * @param {string} content
 * @returns {Text}
 */
function text(raw, content) {
  return { kind: '#text', key: raw, text: visibleText(content) };
}

/**
 * @param {string} raw
 * @param {string} content
 * @returns {VNode[]}
 */
function texts(raw, content) {
  const [first, ...rest] = softBreaks(content);
  return [text(raw, first), ...rest.flatMap(part => [element('wbr', ''), text(part, part)])];
}

/** @param {Details} token */
function details({ raw, summary, tokens, open }) {
  const head = summary && element('summary', undefined, {}, () => tokensToVNodes(summary));
  return element('details', raw, open ? { open: '' } : {}, () => [
    ...(head ? [head] : []),
    ...tokensToVNodes(tokens),
  ]);
}

/** @param {Footnote} token */
function footnote({ raw, label, tokens }) {
  const mark = footnoteMark({ raw: label, label });
  return element('div', raw, { class: 'footnote' }, () => [mark, ...tokensToVNodes(tokens)]);
}

/** @param {{ raw: string, label: string }} token */
function footnoteMark({ raw, label }) {
  return element('sup', raw, {}, () => [text(raw, `[${label}]`)]);
}

/**
 * @param {Maths} token
 * @returns {Formula}
 */
function formula({ raw, text, block }) {
  return { kind: block ? 'maths-block' : 'maths', key: raw, text: visibleText(text), block };
}

/** @param {Tokens.List} token */
function list({ raw, ordered, start, items }) {
  if (!ordered) return element('ul', raw, {}, () => items.map(each => item(each)));
  /** @type {Record<string, string>} */
  const attributes = start === 1 ? {} : { start: `${start}` };
  const numbers = itemNumbers(items);
  const digits = `${Math.max(...numbers)}`.length;
  if (digits > 2) attributes['data-digits'] = `${digits}`; // makes room for the numbers
  return element('ol', raw, attributes, () =>
    items.map((each, at) =>
      item(each, at && numbers[at] - numbers[at - 1] !== 1 ? numbers[at] : undefined),
    ),
  );
}

/**
 * The numbers of the items as they are written; unless all count down, a smaller one than the next, as
 * in 1. 1. 1., counts on.
 * @param {Tokens.ListItem[]} items
 */
function itemNumbers(items) {
  const written = items.map(({ raw }) => Number.parseInt(raw, 10));
  if (written.every((number, at) => !at || number < written[at - 1])) return written;
  let next = 0;
  return written.map(number => {
    next = Math.max(next, number);
    return next++;
  });
}

/**
 * @param {Tokens.ListItem} token
 * @param {number} [number]  if it does not follow that of the item before
 */
function item({ raw, loose, task, tokens }, number) {
  // A later item can make the list loose. Then this item renders paragraphs from the same source.
  const key = `${loose ? 'loose' : 'tight'} ${raw}`;
  /** @type {Record<string, string>} */
  const attributes = task ? { class: 'task' } : {};
  if (number !== undefined) attributes.value = `${number}`;
  return element('li', key, attributes, () => tokensToVNodes(tokens));
}

/** @param {Tokens.Checkbox} token */
function checkbox({ raw, checked }) {
  /** @type {Record<string, string>} */
  const attributes = {
    type: 'checkbox',
    disabled: '',
    'aria-label': checked ? words.done : words.toDo,
  };
  if (checked) attributes.checked = '';
  return element('input', raw, attributes);
}

/** @param {Tokens.Table} token */
function table({ raw, header, rows }) {
  const label = words.table(header.map(({ tokens }) => inlineText(tokens)));
  const attributes = { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': label };
  const head = element('thead', undefined, {}, () => [row(header)]);
  const body = element('tbody', undefined, {}, () => rows.map(row));
  const parts = rows.length ? [head, body] : [head];
  return element('div', raw, attributes, () => [element('table', undefined, {}, () => parts)]);
}

/** @param {Tokens.TableCell[]} cells */
function row(cells) {
  const key = cells.map(({ text, align }) => `${align} ${text}`).join('\n');
  return element('tr', key, {}, () => cells.map(cell));
}

/** @param {Tokens.TableCell} token */
function cell({ header, align, text: source, tokens }) {
  /** @type {Record<string, string>} */
  const attributes = header ? { scope: 'col' } : {};
  if (align) attributes['data-align'] = align;
  if (source.length > LONG_CELL) attributes['data-long'] = '';
  return element(header ? 'th' : 'td', undefined, attributes, () => tokensToVNodes(tokens));
}

/**
 * @param {Tokens.Code & { closed?: boolean }} token
 * @returns {Code}
 */
function code({ raw, text, lang = '', closed = hasClosingFence(raw) }) {
  return { kind: `code ${lang}`, key: raw, text, info: lang, closed };
}

/** @param {string} raw */
function hasClosingFence(raw) {
  const [opening] = /`{3,}|~{3,}/.exec(raw) ?? [''];
  const lines = raw.trimEnd().split('\n');
  const last = lines.at(-1)?.trim() ?? '';
  return lines.length > 1 && last.startsWith(opening) && last === opening[0]?.repeat(last.length);
}

/** @param {Tokens.HTML | Tokens.Tag} token */
function rawHtml({ raw, block }) {
  if (block) return element('p', raw, { class: 'raw-html' }, () => [text(raw, raw.trimEnd())]);
  return text(raw, raw);
}

/** @param {Tokens.Link} token */
function link({ raw, href, autolink, text: label, tokens }) {
  if (autolink) return element('a', raw, safeLink(href), () => [text(raw, withoutTracking(label))]);
  return element('a', raw, safeLink(decodeCharacterReferences(href)), () =>
    tokensToVNodes(withoutImages(tokens)),
  );
}

/**
 * The tokens of a link, with images replaced by their text, because links cannot be nested.
 * @param {Token[]} tokens
 * @returns {Token[]}
 */
function withoutImages(tokens) {
  return tokens.map(token => {
    if (token.type === 'image') return { type: 'escape', raw: token.raw, text: caption(token) };
    return 'tokens' in token ? { ...token, tokens: withoutImages(token.tokens ?? []) } : token;
  });
}

/**
 * An image becomes a link. It is never loaded, because its URL could leak the conversation.
 * @param {Tokens.Image} token
 */
function image(token) {
  const attributes = { class: 'image', ...safeLink(decodeCharacterReferences(token.href)) };
  return element('a', token.raw, attributes, () => [text(token.raw, caption(token))]);
}

/** @param {{ tokens?: Token[] }} image */
function caption({ tokens = [] }) {
  return inlineText(tokens) || words.image.split(/\s*:/)[0];
}
