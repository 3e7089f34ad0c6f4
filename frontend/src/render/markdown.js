import { stablePrefix } from './incomplete-markdown.js';
import { lex } from './lexer.js';
import { block } from './nodes.js';
import { reconcile } from './reconcile.js';

/** @import { Links } from 'marked' */
/** @import { AnswerToken } from './tokenizer.js' */
/** @import { VNode } from './nodes.js' */
/** @import { Rendered } from './reconcile.js' */

const linkDefinition = /^[ >*+\d.)-]*\[[^\]]+\]:/m;

/**
 * Renders Markdown incrementally. Each append parses only the blocks that can still change and
 * updates only the DOM nodes that differ. Coalescing appends per animation frame is the caller's job.
 * @param {HTMLElement} root  an empty element, owned by this renderer
 * @returns {{ append(text: string, all?: string): void, finish(): void, text(): string }}
 */
export function markdown(root) {
  let source = '';
  let carriageReturn = ''; // held back, because the next text may begin with its line feed
  let rest = ''; // of the source that can still change; not a slice of it, which would keep all of it
  let stableBlocks = 0; // rendered blocks before the first one that can still change
  let finished = false;
  /** @type {Rendered[]} */
  const rendered = [];
  /** @type {Links} */
  const links = {};

  root.classList.add('markdown');
  return { append, finish, text: () => withLineFeeds(source) };

  /**
   * @param {string} text
   * @param {string} [all]  the source with this text: the caller's string, so that there is no copy
   */
  function append(text, all = source + text) {
    if (finished && text === '') return;
    if (finished) root.replaceChildren();
    const added = finished ? all : carriageReturn + text;
    finished = false;
    source = all;
    carriageReturn = added.endsWith('\r') ? '\r' : '';
    rest += withLineFeeds(added.slice(0, added.length - carriageReturn.length));

    const tail = stablePrefix(rest);
    const blocks = parse(tail, true);
    reconcile(root, rendered, vnodes(blocks), { from: stableBlocks });
    advance(tail, blocks);
  }

  /**
   * Renders the end as it stands, and the whole source again if a link may be defined after its use,
   * or if the browser has translated a part: what it replaced last may be out of date. Releases the
   * state of the rendering; an append after it renders everything again.
   */
  function finish() {
    if (finished) return;
    if (carriageReturn) append('\n', source);
    if (linkDefinition.test(source) || root.querySelector('font')) {
      rest = withLineFeeds(source);
      stableBlocks = 0;
    }
    const blocks = parse(rest, false);
    reconcile(root, rendered, vnodes(blocks), { from: stableBlocks, final: true });
    rendered.length = stableBlocks = 0;
    carriageReturn = rest = '';
    finished = true;
  }

  /**
   * @param {string} tail
   * @param {boolean} incomplete
   */
  function parse(tail, incomplete) {
    let start = 0;
    return lex(tail, { links, incomplete }).map(token => {
      const parsed = { token: /** @type {AnswerToken} */ (token), vnode: block(token), start };
      start += token.raw.length;
      return parsed;
    });
  }

  /**
   * Makes stable every block before the last one whose first line is complete. Until that line is
   * complete, more text can turn it into a continuation of the block before.
   * @param {string} tail
   * @param {ReturnType<typeof parse>} blocks
   */
  function advance(tail, blocks) {
    const last = blocks.findLastIndex(({ vnode, start }) => vnode && tail.includes('\n', start));
    if (last < 1) return;
    for (const { token, vnode } of blocks.slice(0, last)) {
      if (vnode) stableBlocks++;
      if (token.type === 'def' || token.type === 'footnote')
        links[token.tag] ??= { href: token.href, title: token.title };
    }
    rest = rest.slice(blocks[last].start);
  }
}

/** @param {string} text */
function withLineFeeds(text) {
  return text.replace(/\r\n?/g, '\n');
}

/** @param {{ vnode?: VNode }[]} blocks */
function vnodes(blocks) {
  return blocks.flatMap(({ vnode }) => vnode ?? []);
}
