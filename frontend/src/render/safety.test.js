import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attacks } from './attacks.fixture.js';
import { markdown } from './markdown.js';
import { emptyRoot, settled } from './page.fixture.js';

const elements = new Set(
  'p h3 h4 h5 h6 ul ol li blockquote strong em del code a br hr input table thead tbody tr th td div figure figcaption span button pre'.split(
    ' ',
  ),
);
const attributes = new Set(
  'dir class href rel target data-host start type disabled checked aria-label tabindex role scope data-align'.split(
    ' ',
  ),
);

/** @param {HTMLElement} root */
function assertHarmless(root, context = '') {
  for (const element of root.querySelectorAll('*')) {
    assert.ok(elements.has(element.tagName.toLowerCase()), `<${element.tagName}> ${context}`);
    for (const name of element.getAttributeNames()) {
      assert.ok(attributes.has(name), `${name} ${context}`);
    }
    const href = element.getAttribute('href');
    if (href !== null) assert.match(href, /^(https?|mailto):/, context);
  }
}

describe('a hostile answer', () => {
  for (const attack of attacks) {
    it(`makes nothing but words and safe links: ${JSON.stringify(attack)}`, () => {
      assertHarmless(settled(attack));
      for (let at = 1; at < attack.length; at++) {
        const root = emptyRoot();
        const answer = markdown(root);
        answer.write(attack.slice(0, at));
        assertHarmless(root, `up to ${at}`);
        answer.write(attack.slice(at));
        answer.settle();
        assertHarmless(root, `cut at ${at}`);
      }
      assertHarmless(settled(...attack));
      assertHarmless(settled(`words **${attack}** more`));
    });
  }

  it('keeps its raw HTML readable', () => {
    assert.equal(settled('a <b onclick=x>c</b>').textContent, 'a <b onclick=x>c</b>');
    assert.equal(settled('<script>alert(1)</script>').textContent, '<script>alert(1)</script>');
  });

  for (const [name, source] of [
    ['quotes', '>'.repeat(10_000)],
    ['quotes and words', `${'> '.repeat(10_000)}x`],
    ['lists', `${'- '.repeat(10_000)}x`],
    ['lists in quotes', `${'> - '.repeat(5_000)}x`],
    ['brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['images', '!['.repeat(10_000)],
    ['stars', `${'*a **b '.repeat(3_000)}${'** *'.repeat(3_000)}`],
    ['strikes', '~~a '.repeat(10_000)],
    ['ticks', '`a '.repeat(10_000)],
  ]) {
    it(`neither overflows the stack nor freezes the page: ${name}`, () => {
      const before = process.cpuUsage();
      const root = settled(source.slice(0, 9_000), source.slice(9_000));
      const { user } = process.cpuUsage(before); // µs
      assert.ok(user < 1_500_000, `${user} µs`);
      assert.ok(root.querySelectorAll('*').length < 2_000);
    });
  }
});

describe('nesting', () => {
  for (const [name, source, selector] of [
    ['quotes', `${'> '.repeat(40)}words`, 'blockquote'],
    ['lists', `${'- '.repeat(40)}words`, 'ul'],
    ['emphasis', `${'*a _b '.repeat(20)}words${' c_ d*'.repeat(20)}`, 'em'],
  ]) {
    it(`ends after twenty levels, and what lies deeper is text: ${name}`, () => {
      const root = settled(source);
      const levels = root.querySelectorAll(selector).length;
      assert.ok(levels > 10 && levels <= 20, `${levels} levels`);
      assert.match(root.textContent ?? '', /words/);
    });
  }
});

describe('a link', () => {
  it('opens elsewhere and tells the site nothing', () => {
    const link = settled('[words](https://user@a.example:8443/p?q#f)').querySelector('a');
    assert.equal(link?.getAttribute('href'), 'https://user@a.example:8443/p?q#f');
    assert.equal(link?.getAttribute('rel'), 'noopener noreferrer nofollow');
    assert.equal(link?.getAttribute('target'), '_blank');
  });

  it('names the host it really leads to', () => {
    /** @param {string} source */
    const host = source => settled(source).querySelector('a')?.getAttribute('data-host');
    assert.equal(host('[google.com](https://google.com@evil.example/)'), 'evil.example');
    assert.equal(host('<me@a.example>'), 'me@a.example');
  });

  it('keeps its words where its address is refused', () => {
    const root = settled('[words](javascript:alert(1)) [here](/relative)');
    assert.equal(root.textContent, 'words here');
    assert.equal(root.querySelectorAll('[href]').length, 0);
  });
});

describe('an image', () => {
  it('is a link that its reader may follow, never a picture', () => {
    for (const source of [
      '![a cat](https://a.example/cat.png)',
      '![a cat][c]\n\n[c]: https://a.example/cat.png',
    ]) {
      const root = settled(source);
      assert.equal(root.querySelectorAll('img').length, 0);
      assert.equal(root.querySelector('a')?.textContent, 'a cat');
      assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://a.example/cat.png');
    }
  });

  it('within a link is its words, since a link cannot hold another', () => {
    const root = settled('[**![badge](https://a.example/b.svg)**](https://b.example)');
    assert.equal(root.querySelectorAll('a').length, 1);
    assert.equal(root.textContent, 'badge');
  });

  it('without words still has a name', () => {
    assert.equal(settled('![](https://a.example/b.png)').textContent, 'Image');
  });
});
