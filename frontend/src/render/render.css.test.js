import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { colours, contrast, themes } from '../ui/contrast.fixture.js';

const css = readFileSync(new URL('render.css', import.meta.url), 'utf8');
const [light, dark] = css.split('[data-theme="dark"]').map(colours);

describe('the colours of code', () => {
  for (const [theme, code] of /** @type {const} */ ([
    ['light', light],
    ['dark', dark],
  ])) {
    for (const [name, colour] of Object.entries(code)) {
      it(`have the contrast of WCAG on the surface: ${name} in ${theme}`, () => {
        const ratio = contrast(colour, themes[theme].surface);
        assert.ok(ratio >= 4.5, `${colour} is ${ratio.toFixed(2)}:1`);
      });
    }
  }

  it('are the same in both themes, and eight with those of the page', () => {
    assert.deepEqual(Object.keys(dark), Object.keys(light));
    assert.equal(Object.keys(light).length + ['--muted', '--danger'].length, 8);
  });
});
