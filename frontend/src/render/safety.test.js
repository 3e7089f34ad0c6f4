import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attacks } from './attacks.fixture.js';
import { markdown } from './markdown.js';
import { emptyRoot, finished } from './page.fixture.js';

const elements = new Set(
  'p h3 h4 h5 h6 ul ol li blockquote strong em del code a br hr input table thead tbody tr th td div figure figcaption span button pre sub sup kbd u mark details summary'.split(
    ' ',
  ),
);
const attributes = new Set(
  'dir class href rel target data-host start type disabled checked aria-label tabindex role scope data-align data-long open translate'.split(
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
    it(`renders only text and safe links: ${JSON.stringify(attack)}`, () => {
      assertHarmless(finished(attack));
      for (let at = 1; at < attack.length; at++) {
        const root = emptyRoot();
        const answer = markdown(root);
        answer.append(attack.slice(0, at));
        assertHarmless(root, `up to ${at}`);
        answer.append(attack.slice(at));
        answer.finish();
        assertHarmless(root, `cut at ${at}`);
      }
      assertHarmless(finished(...attack));
      assertHarmless(finished(`words **${attack}** more`));
    });
  }

  it('renders raw HTML as readable text', () => {
    assert.equal(finished('a <b onclick=x>c</b>').textContent, 'a <b onclick=x>c</b>');
    assert.equal(finished('<script>alert(1)</script>').textContent, '<script>alert(1)</script>');
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
    ['tags', '<sub>a '.repeat(10_000)],
    ['nested tags', `${'<sub>'.repeat(5_000)}a${'</sub>'.repeat(5_000)}`],
    ['details', '<details>\n'.repeat(5_000)],
    ['closed details', `${'<details>\n'.repeat(2_000)}${'</details>\n'.repeat(2_000)}`],
    ['formulas', '\\(a '.repeat(10_000)],
    ['dollars', '$$a '.repeat(10_000)],
    ['single dollars', '$a_ '.repeat(10_000)],
    ['formulas with lines', '\\[\na\n\n'.repeat(500)],
    ['fences in Markdown', `\`\`\`md\n${'```js\na\n```\n'.repeat(2_000)}`],
    ['footnotes', '[^a]: b [^a]\n'.repeat(400)],
    ['references', '[^1]'.repeat(10_000)],
    ['citations', '\ue200a【1†'.repeat(10_000)],
    ['backslashes', '\\'.repeat(20_000)],
    ['paths', 'C:\\a '.repeat(10_000)],
    ['one word', 'a'.repeat(66_000)],
    ['one address', `https://a.example/${'a'.repeat(66_000)}`],
  ]) {
    it(`neither overflows the stack nor freezes the page: ${name}`, () => {
      const before = process.cpuUsage();
      const root = finished(source.slice(0, 9_000), source.slice(9_000));
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
    it(`renders at most twenty levels and deeper syntax as text: ${name}`, () => {
      const root = finished(source);
      const levels = root.querySelectorAll(selector).length;
      assert.ok(levels > 10 && levels <= 20, `${levels} levels`);
      assert.match(root.textContent ?? '', /words/);
    });
  }
});

describe('a link', () => {
  it('opens a new tab without referrer and opener', () => {
    const link = finished('[words](https://user@a.example:8443/p?q#f)').querySelector('a');
    assert.equal(link?.getAttribute('href'), 'https://user@a.example:8443/p?q#f');
    assert.equal(link?.getAttribute('rel'), 'noopener noreferrer nofollow');
    assert.equal(link?.getAttribute('target'), '_blank');
  });

  it('shows the host it leads to', () => {
    /** @param {string} source */
    const host = source => finished(source).querySelector('a')?.getAttribute('data-host');
    assert.equal(host('[google.com](https://google.com@evil.example/)'), 'evil.example');
    assert.equal(host('<me@a.example>'), 'me@a.example');
  });

  it('keeps its text when its address is unsafe', () => {
    const root = finished('[words](javascript:alert(1)) [here](/relative)');
    assert.equal(root.textContent, 'words here');
    assert.equal(root.querySelectorAll('[href]').length, 0);
  });
});

describe('an image', () => {
  it('renders as a link and never loads', () => {
    for (const source of [
      '![a cat](https://a.example/cat.png)',
      '![a cat][c]\n\n[c]: https://a.example/cat.png',
    ]) {
      const root = finished(source);
      assert.equal(root.querySelectorAll('img').length, 0);
      assert.equal(root.querySelector('a')?.textContent, 'a cat');
      assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://a.example/cat.png');
    }
  });

  it('within a link renders as its text', () => {
    const root = finished('[**![badge](https://a.example/b.svg)**](https://b.example)');
    assert.equal(root.querySelectorAll('a').length, 1);
    assert.equal(root.textContent, 'badge');
  });

  it('without alternative text has a default label', () => {
    assert.equal(finished('![](https://a.example/b.png)').textContent, 'Image');
  });
});
