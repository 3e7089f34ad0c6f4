import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers } from './answers.fixture.js';
import { markdown } from './markdown.js';
import { cut, emptyRoot, finished, inside } from './page.fixture.js';

const LINE = 80; // characters
const MARKED =
  'em strong del a code sub sup kbd u mark details summary h3 h4 h5 h6 blockquote li pre th td';

/** @param {Element} element */
const words = ({ textContent }) => (textContent ?? '').replace(/[^\p{L}\p{N}]/gu, '');

describe('a half-streamed answer', () => {
  for (const [name, source] of Object.entries(answers)) {
    it(`marks no more than a line that the finished answer does not mark: ${name}`, () => {
      const whole = finished(source);
      /** @type {Map<string, string[]>} */
      const texts = new Map();
      for (const element of whole.querySelectorAll('*')) {
        texts.set(element.tagName, [...(texts.get(element.tagName) ?? []), words(element)]);
      }
      const root = emptyRoot();
      const answer = markdown(root);
      for (let at = 0; at < source.length; at++) {
        answer.append(source[at]);
        for (const element of root.querySelectorAll(MARKED.replaceAll(' ', ','))) {
          const text = words(element);
          if (text.length <= LINE) continue;
          const same = texts.get(element.tagName)?.some(marked => marked.includes(text));
          assert.ok(same, `<${element.tagName}> at ${at}: ${text}`);
        }
      }
    });

    it(`ends the same wherever the stream is cut: ${name}`, () => {
      const whole = inside(finished(source));
      for (let at = 1; at < source.length; at++) {
        const parts = inside(finished(source.slice(0, at), source.slice(at)));
        assert.equal(parts, whole, `cut at ${at}`);
      }
      for (const size of [1, 5]) {
        assert.equal(inside(finished(...cut(source, size))), whole, `pieces of ${size}`);
      }
    });
  }
});
