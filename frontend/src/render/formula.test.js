import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenFormulas, formulas, refused } from './formulas.fixture.js';
import { markdown } from './markdown.js';
import { cut, finished, inside } from './page.fixture.js';

const SIZE = 7; // characters of a piece

/** @param {string} tex */
const answer = tex => `Let \\(${tex.replaceAll('\n', ' ')}\\) be\n\n\\[\n${tex}\n\\]\n`;

const long = Object.values(formulas)
  .flat()
  .map((tex, at) => `${at + 1}. So $$${tex}$$ and:\n\n   \\[\n   ${tex}\n   \\]\n`)
  .join('\n');

describe('a streamed formula', () => {
  for (const [subject, list] of Object.entries({ ...formulas, refused }))
    it(`ends the same wherever the stream is cut: ${subject}`, () => {
      for (const source of list.map(answer)) {
        const whole = inside(finished(source));
        for (let at = 1; at < source.length; at++) {
          const parts = inside(finished(source.slice(0, at), source.slice(at)));
          assert.equal(parts, whole, `cut at ${at}`);
        }
      }
    });

  for (const source of brokenFormulas)
    it(`is never shown as the blocks that its lines look like: ${JSON.stringify(source)}`, () => {
      for (const [first, indent] of [
        ['So: ', ''],
        ['> ', '> '],
        ['1. b ', '   '],
      ]) {
        const answer = `${first}${source.replaceAll('\n', `\n${indent}`)}\n\n- c\n\nd\n`;
        const whole = finished(answer);
        const root = document.createElement('div');
        const renderer = markdown(root);
        for (const piece of cut(answer.slice(0, -8), 1)) {
          renderer.append(piece);
          const blocks = root.querySelectorAll('ul, blockquote blockquote, h3, h4, h5, h6, hr');
          assert.equal(blocks.length, 0, answer);
        }
        for (let at = 1; at < answer.length; at++) {
          const parts = finished(answer.slice(0, at), answer.slice(at));
          assert.equal(inside(parts), inside(whole), `cut at ${at}`);
        }
      }
    });

  it('is not shown before it is complete, unless it begins as words in brackets', () => {
    for (const tex of Object.values(formulas).flat()) {
      if (/^\p{L}{4}/u.test(tex)) continue;
      const root = document.createElement('div');
      const renderer = markdown(root);
      const text = `Let \\(${tex.replaceAll('\n', ' ')}`;
      for (const piece of cut(text.slice(0, 300), 1)) {
        renderer.append(piece);
        assert.equal(root.textContent, 'Let '.slice(0, root.textContent?.length), tex);
      }
    }
  });
});

describe('the library', () => {
  const arrivals = { 'at the start': 0, 'in the middle': 0.5, 'after the end': 1 };
  for (const [when, share] of Object.entries(arrivals))
    it(`sets the same, whether it arrives ${when}`, async () => {
      const root = document.body.appendChild(document.createElement('div'));
      const renderer = markdown(root);
      const pieces = cut(long, SIZE);
      for (const [at, piece] of pieces.entries()) {
        renderer.append(piece);
        if (at === Math.floor(share * pieces.length)) await set(root);
      }
      renderer.finish();
      await set(root);
      const reference = document.body.appendChild(finished(long));
      await set(reference);
      assert.equal(inside(root), inside(reference));
      assert.equal(root.querySelectorAll('.maths code, .maths-block code').length, 0);
      root.remove();
      reference.remove();
    });

  it('does not touch a formula again while text follows', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const renderer = markdown(root);
    renderer.append('a \\(x_1\\) b');
    await set(root);
    const math = root.querySelector('math');
    for (const piece of ['more', ' and \\(y\\)', '\n\nnext', '.']) renderer.append(piece);
    renderer.finish();
    await set(root);
    assert.ok(math);
    assert.equal(root.querySelector('math'), math);
    root.remove();
  });

  it('leaves what it refuses as it is written', async () => {
    const root = document.body.appendChild(
      finished(refused.map(tex => `\\[${tex}\\]`).join('\n\n')),
    );
    root.append(finished('\\(x\\)'));
    await set(/** @type {HTMLElement} */ (root.lastElementChild));
    assert.deepEqual(
      [...root.querySelectorAll('.maths-block code')].map(({ textContent }) => textContent),
      refused.map(tex => `\\[${tex}\\]`),
    );
    root.remove();
  });
});

/** Waits until the formulas of an element that can be set are set. @param {HTMLElement} root */
async function set(root) {
  const waiting = [...root.querySelectorAll('.maths, .maths-block')].filter(isKnown);
  while (waiting.some(node => !node.matches('[data-tex]')))
    await new Promise(resolve => setImmediate(resolve));
}

/** @param {Element} node */
function isKnown({ textContent }) {
  return !refused.some(tex => textContent?.includes(tex));
}
