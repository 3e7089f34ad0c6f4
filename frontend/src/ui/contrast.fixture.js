import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const [light, dark] = css.split('[data-theme="dark"]').map(colours);

/** The colour tokens of each theme, by name. */
export const themes = { light, dark };

/**
 * The colours that a style sheet defines as custom properties.
 * @param {string} part
 * @returns {Record<string, string>}
 */
export function colours(part) {
  const named = part.matchAll(/--([\w-]+): (#[\da-f]{6});/g);
  return Object.fromEntries([...named].map(([, name, colour]) => [name, colour]));
}

/**
 * The contrast ratio of two colours, as WCAG 2.2 defines it.
 * @param {string} one
 * @param {string} other
 */
export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
