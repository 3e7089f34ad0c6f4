import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, themes } from './contrast.fixture.js';

/** What is read on what, and what is seen on what. @type {[string, string[], number][]} */
const pairs = [
  ['text', ['bg', 'surface', 'bubble'], 4.5],
  ['muted', ['bg', 'surface', 'bubble'], 4.5],
  ['accent', ['bg', 'surface', 'bubble'], 4.5],
  ['danger', ['bg'], 4.5],
  ['control', ['bg', 'surface'], 3],
];

for (const [theme, colours] of Object.entries(themes)) {
  for (const [colour, grounds, least] of pairs) {
    for (const ground of grounds) {
      test(`${colour} stands out from ${ground} in the ${theme} theme`, () => {
        const ratio = contrast(colours[colour], colours[ground]);
        assert.ok(ratio >= least, `${ratio.toFixed(2)}:1`);
      });
    }
  }

  test(`the browser’s frame has the ${theme} theme’s ground`, () => {
    const page = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
    const script = readFileSync(new URL('theme.js', import.meta.url), 'utf8');
    const media = `media="(prefers-color-scheme: ${theme})"`;
    assert.ok(page.includes(`<meta name="theme-color" content="${colours.bg}" ${media} />`));
    assert.match(script, new RegExp(`${theme}: '${colours.bg}'`));
  });
}
