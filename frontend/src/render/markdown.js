import { decided } from './incomplete-markdown.js';
import { lex } from './lexer.js';
import { block } from './nodes.js';
import { reconcile } from './reconcile.js';

/** @import { Links, MarkedToken } from 'marked' */
/** @import { Piece } from './nodes.js' */
/** @import { Shown } from './reconcile.js' */

const definition = /^[ >*+\d.)-]*\[[^\]]+\]:/m;

/**
 * Shows markdown while it is being written. What is on the page stays: only the last block is read
 * again, and of it only what differs is touched. Knows nothing of frames; the caller joins what
 * arrives within one.
 * @param {HTMLElement} root  an empty element this renderer owns
 * @returns {{ write(text: string): void, settle(): void, text(): string }}
 */
export function markdown(root) {
  let source = '';
  let carriageReturn = ''; // held back, as its line feed may come with the next text
  let stable = 0; // where the first block that may still change begins
  let final = 0; // how many blocks are shown before it
  let settled = false;
  /** @type {Shown[]} */
  const shown = [];
  /** @type {Links} */
  const links = {};

  root.classList.add('markdown');
  return { write, settle, text: () => source + carriageReturn };

  /** @param {string} text */
  function write(text) {
    if (settled && text === '') return;
    if (settled) root.replaceChildren();
    settled = false;
    const arrived = carriageReturn + text;
    carriageReturn = arrived.endsWith('\r') ? '\r' : '';
    source += arrived.slice(0, arrived.length - carriageReturn.length).replace(/\r\n?/g, '\n');

    const tail = decided(source.slice(stable));
    const blocks = readBlocks(tail, true);
    reconcile(root, shown, pieces(blocks), { from: final });
    advance(tail, blocks);
  }

  /**
   * Reads the end as it stands, and everything once more if a link may be defined after its use. How
   * it came to what is on the page is then forgotten: should the text go on, it is shown anew.
   */
  function settle() {
    if (settled) return;
    if (carriageReturn) write('\n');
    if (definition.test(source)) stable = final = 0;
    reconcile(root, shown, pieces(readBlocks(source.slice(stable), false)), {
      from: final,
      settled: true,
    });
    shown.length = stable = final = 0;
    settled = true;
  }

  /**
   * @param {string} tail
   * @param {boolean} growing
   */
  function readBlocks(tail, growing) {
    let start = 0;
    return lex(tail, { links, growing }).map(token => {
      const read = { token: /** @type {MarkedToken} */ (token), piece: block(token), start };
      start += token.raw.length;
      return read;
    });
  }

  /**
   * Makes all blocks final that come before the last one that has surely begun: one whose first line
   * is complete, since until then more letters may turn it into a continuation of the one before.
   * @param {string} tail
   * @param {ReturnType<typeof readBlocks>} blocks
   */
  function advance(tail, blocks) {
    const last = blocks.findLastIndex(({ piece, start }) => piece && tail.includes('\n', start));
    if (last < 1) return;
    for (const { token, piece } of blocks.slice(0, last)) {
      if (piece) final++;
      if (token.type === 'def') links[token.tag] ??= { href: token.href, title: token.title };
    }
    stable += blocks[last].start;
  }
}

/** @param {{ piece?: Piece }[]} blocks */
function pieces(blocks) {
  return blocks.flatMap(({ piece }) => piece ?? []);
}
