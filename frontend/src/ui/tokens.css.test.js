import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, themes } from './contrast.fixture.js';

/** A colour, its backgrounds, and the contrast WCAG 2.2 requires. @type {[string, string[], number][]} */
const pairs = [
  ['text', ['bg', 'surface', 'bubble', 'mark'], 4.5],
  ['muted', ['bg', 'surface', 'bubble'], 4.5],
  ['accent', ['bg', 'surface', 'bubble'], 4.5],
  ['danger', ['bg', 'danger-tint'], 4.5],
  ['warning', ['bg', 'warning-tint'], 4.5],
  ['control', ['bg', 'surface'], 3],
];

for (const [theme, colours] of Object.entries(themes)) {
  for (const [colour, backgrounds, minimum] of pairs) {
    for (const background of backgrounds) {
      test(`${colour} on ${background} has the contrast of WCAG in the ${theme} theme`, () => {
        const ratio = contrast(colours[colour], colours[background]);
        assert.ok(ratio >= minimum, `${ratio.toFixed(2)}:1`);
      });
    }
  }

  test(`the theme-color of the ${theme} theme is its background`, () => {
    const page = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
    const script = readFileSync(new URL('theme.js', import.meta.url), 'utf8');
    const media = `media="(prefers-color-scheme: ${theme})"`;
    assert.ok(page.includes(`<meta name="theme-color" content="${colours.bg}" ${media} />`));
    assert.match(script, new RegExp(`${theme}: '${colours.bg}'`));
  });
}
