const MIN_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

/** What the accent is read on: the page, a panel and a message (ui/tokens.css). */
const surfaces = {
  light: ['#ffffff', '#f7f7f5', '#f0f0ec'],
  dark: ['#161615', '#1e1e1c', '#2b2b28'],
};

/** @typedef {{ light: string, dark: string }} Accent */

/**
 * The colours of BRAND_ACCENT: one for both themes, made lighter for the dark one until it can be
 * read, or one for each. The gateway reads them in the same way.
 * @param {string} value  `#0b57d0` or `#0b57d0,#8ab4f8`
 * @returns {Accent}
 * @throws {Error} with a one-line message
 */
export function accent(value) {
  const [light, dark, ...more] = value
    .toLowerCase()
    .split(',')
    .map(colour => colour.trim());
  const given = dark === undefined ? [light] : [light, dark];
  if (more.length > 0 || !given.every(colour => /^#[0-9a-f]{6}$/.test(colour)))
    throw new Error('BRAND_ACCENT is not a colour such as #0b57d0, or one for each theme');
  check(light, 'light');
  if (dark !== undefined) check(dark, 'dark');
  return { light, dark: dark ?? lightened(light) };
}

/**
 * @param {string} colour
 * @param {keyof typeof surfaces} theme
 */
function check(colour, theme) {
  const contrast = lowestContrast(colour, theme);
  if (contrast >= MIN_CONTRAST) return;
  const figure = (Math.floor(contrast * 100) / 100).toFixed(2);
  throw new Error(
    `BRAND_ACCENT ${colour} has a contrast of ${figure} in the ${theme} theme; it needs ${MIN_CONTRAST}`,
  );
}

/** The colour with as little white as it needs in the dark theme. @param {string} colour */
function lightened(colour) {
  const channels = rgb(colour);
  for (let percent = 0; percent < 100; percent++) {
    const mixed = channels.map(channel => channel + Math.floor(((255 - channel) * percent) / 100));
    const result = `#${mixed.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
    if (lowestContrast(result, 'dark') >= MIN_CONTRAST) return result;
  }
  return '#ffffff';
}

/**
 * @param {string} colour
 * @param {keyof typeof surfaces} theme
 */
function lowestContrast(colour, theme) {
  return Math.min(
    ...surfaces[theme].map(surface => contrast(luminance(colour), luminance(surface))),
  );
}

/**
 * WCAG's contrast ratio.
 * @param {number} one
 * @param {number} other
 */
function contrast(one, other) {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** WCAG's relative luminance. @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = rgb(colour).map(channel => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} colour */
function rgb(colour) {
  return [1, 3, 5].map(start => Number.parseInt(colour.slice(start, start + 2), 16));
}
