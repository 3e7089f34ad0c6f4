import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formulas, refused } from './formulas.fixture.js';
import './page.fixture.js';
import { mathml } from './mathml.js';

const HARMLESS = /^(?:class|display|displaystyle|math\w+|scriptlevel|[a-z]+)$/;
const ACTIVE = /^(?:on\w+|style|href|src|id|action|formaction|name|xlink)$/;

/** @param {Element} math */
const all = math => [math, ...math.querySelectorAll('*')];

describe('TeX as MathML', () => {
  for (const [subject, list] of Object.entries(formulas))
    it(`is set: ${subject}`, () => {
      for (const tex of list) {
        const math = mathml(tex, true);
        assert.equal(math.localName, 'math', tex);
        assert.doesNotMatch(math.textContent ?? '', /\\[a-z]/i, tex);
      }
    });

  for (const tex of refused)
    it(`is refused: ${tex}`, () => {
      assert.throws(() => mathml(tex, true));
      assert.throws(() => mathml(tex, false));
    });

  it('has no active attribute, no style and no element of HTML', () => {
    for (const tex of Object.values(formulas).flat())
      for (const { namespaceURI, localName, attributes } of all(mathml(tex, true))) {
        assert.equal(namespaceURI, 'http://www.w3.org/1998/Math/MathML', `${localName} of ${tex}`);
        for (const { name } of attributes) {
          assert.match(name, HARMLESS, tex);
          assert.doesNotMatch(name, ACTIVE, tex);
        }
      }
  });

  it('says what the browser draws at a term: a line through it, and never a long division', () => {
    const drawn = (/** @type {string} */ tex) =>
      mathml(tex, false).querySelector('menclose')?.getAttribute('notation');
    assert.equal(drawn('\\cancel{x}'), 'updiagonalstrike');
    assert.equal(drawn('\\sout{x}'), 'horizontalstrike');
    for (const tex of Object.values(formulas).flat())
      for (const element of mathml(tex, true).querySelectorAll('menclose'))
        assert.match(element.getAttribute('notation') ?? 'none', /^$|strike$/, tex);
  });

  it('has the numbers of an isotope before it, to the right', () => {
    const math = mathml(String.raw`\ce{^{227}_{90}Th}`, false);
    assert.deepEqual(
      [...math.querySelectorAll('.maths-lap > .maths-lapped')].map(
        ({ textContent }) => textContent,
      ),
      ['90', '227'],
    );
  });

  it('has text for text, whatever it says', () => {
    const math = mathml(String.raw`\text{<img src=x onerror=alert(1)>}`, true);
    assert.match(math.textContent ?? '', /<img.src=x.onerror=alert\(1\)>/);
    assert.equal(math.querySelector('img'), null);
  });

  it('has no names of labels and no numbers of equations', () => {
    const math = mathml(
      String.raw`\begin{align} a &= b \label{prompt} \\ c &= d \end{align}`,
      true,
    );
    assert.deepEqual(
      all(math).filter(({ id }) => id),
      [],
    );
    assert.equal(math.textContent, 'a=bc=d');
  });

  it('has black in the colour of the text', () => {
    const math = mathml(String.raw`\textcolor{black}{x} \textcolor{red}{y} \rule{1em}{1em}`, true);
    const colours = all(math).flatMap(each => [
      each.getAttribute('mathcolor') ?? [],
      each.getAttribute('mathbackground') ?? [],
    ]);
    assert.deepEqual(colours.flat(), ['currentcolor', '#ff0000', 'currentcolor']);
  });

  it('has lines for the rows of a text without an environment', () => {
    assert.equal(mathml(String.raw`a = b \\ c = d`, true).querySelectorAll('mtr').length, 2);
  });

  for (const size of ['9999em', '9999cm', '99999pt', '1e9em', '9999mu'])
    it(`is no larger than a page: ${size}`, () => {
      for (const tex of [`\\rule{${size}}{${size}}`, `x\\kern${size} y`, `x\\hspace{${size}}y`])
        for (const each of attempt(tex))
          for (const name of ['width', 'height'])
            assert.ok(Number.parseFloat(each.getAttribute(name) ?? '0') <= 300, tex);
    });

  for (const command of [
    '\\cancelto{0}',
    '\\mathllap',
    '\\llap',
    '\\mathrlap',
    '\\mathclap',
    '\\smash',
  ])
    it(`does not grow with the depth of ${command}`, () => {
      assert.ok(attempt(`${`${command}{`.repeat(18)}x${'}'.repeat(18)}`).length < 200);
    });

  for (const [name, tex] of Object.entries({
    'a long one': 'x+'.repeat(50_000),
    'a deep one': `${'\\frac{1}{'.repeat(200)}x${'}'.repeat(200)}`,
    'many primes': `x${"'".repeat(2_900)}`,
    'a wide table': `\\begin{matrix}${'a&'.repeat(1_400)}a\\end{matrix}`,
  }))
    it(`is refused if it is too large: ${name}`, () => {
      assert.throws(() => mathml(tex, true));
    });
});

/** The elements of a formula, none if it is refused. @param {string} tex */
function attempt(tex) {
  try {
    return all(mathml(tex, true));
  } catch {
    return [];
  }
}
