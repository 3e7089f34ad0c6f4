import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const css = readFileSync(new URL('render.css', import.meta.url), 'utf8');
const [light, dark] = css.split('[data-theme="dark"]');
const surfaces = { light: '#f7f7f5', dark: '#1e1e1c' };

/** @param {string} part */
function colours(part) {
  return [...part.matchAll(/--code-(\w+): (#[\da-f]{6});/g)].map(([, name, colour]) => ({
    name,
    colour,
  }));
}

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the colours of code', () => {
  for (const [theme, part] of Object.entries({ light, dark })) {
    for (const { name, colour } of colours(part)) {
      it(`stand out from the surface: ${name} in ${theme}`, () => {
        const ratio = contrast(colour, surfaces[/** @type {'light' | 'dark'} */ (theme)]);
        assert.ok(ratio >= 4.5, `${colour} is ${ratio.toFixed(2)}:1`);
      });
    }
  }

  it('are the same ones in both themes, and with the page’s own no more than eight', () => {
    const names = colours(light).map(({ name }) => name);
    assert.deepEqual(
      colours(dark).map(({ name }) => name),
      names,
    );
    assert.equal(names.length + ['--muted', '--danger'].length, 8);
  });
});
