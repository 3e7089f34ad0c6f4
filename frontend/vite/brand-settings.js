import { readFileSync } from 'node:fs';
import { accent } from './accent.js';
import { LANGUAGES } from './language-list.js';

/** @import { Accent } from './accent.js' */
/** @typedef {{ label: string, href: string }} Link */
/** @typedef {{ bytes: Buffer, file: string }} Logo  `file`: its name in the page */

/**
 * What the operator has set; the rest is the page's own.
 * @typedef {{
 *   title?: string, greeting?: string, placeholder?: string, disclosure?: string, provider?: string,
 *   notice?: string, suggestions?: string[], links?: Link[], accent?: Accent, logo?: Logo,
 *   language?: string
 * }} BrandSettings
 */

/** The longest text of each variable, in characters. */
const LENGTHS = {
  BRAND_TITLE: 60,
  GREETING: 200,
  PLACEHOLDER: 100,
  DISCLOSURE: 300,
  DISCLOSURE_PROVIDER: 100,
  NOTICE: 300,
};
const MAX_LINES = 6;
const MAX_LINE_CHARACTERS = 200;
const MAX_LOGO_BYTES = 16 * 1024;
const LOGO_DATA = /^data:image\/[a-z+.-]+(?:;(?!base64,)[a-z0-9=-]+)*(;base64)?,(.*)$/s;
const ACTIVE_SVG = /<script|<foreignObject|\son\w+\s*=|javascript:/i;

/**
 * Reads the brand from the environment. The gateway reads the same variables with the same limits.
 * @param {Record<string, string | undefined>} environment
 * @returns {BrandSettings}
 * @throws {Error} with a one-line message
 */
export function brandSettings(environment) {
  const line = (/** @type {keyof typeof LENGTHS} */ name) =>
    text(name, environment[name] ?? '', LENGTHS[name]);
  const suggestions = lines('SUGGESTIONS', environment.SUGGESTIONS);
  const links = lines('LINKS', environment.LINKS).map(link);
  return defined({
    title: line('BRAND_TITLE'),
    greeting: line('GREETING'),
    placeholder: line('PLACEHOLDER'),
    disclosure: line('DISCLOSURE'),
    provider: line('DISCLOSURE_PROVIDER'),
    notice: line('NOTICE'),
    suggestions: suggestions.length > 0 ? suggestions : undefined,
    links: links.length > 0 ? links : undefined,
    accent: environment.BRAND_ACCENT ? accent(environment.BRAND_ACCENT) : undefined,
    logo: environment.BRAND_LOGO ? logo(environment.BRAND_LOGO) : undefined,
    language: language(environment.PAGE_LANGUAGE),
  });
}

/** @param {string} [value]  a language, or `auto` for that of the browser, as without a value */
function language(value = '') {
  if (value === '' || value === 'auto') return undefined;
  if (LANGUAGES.includes(value)) return value;
  throw new Error(`PAGE_LANGUAGE is none of auto, ${LANGUAGES.join(', ')}`);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {number} length
 */
function text(name, value, length) {
  if (value === '') return undefined;
  if (value.trim() === '') throw new Error(`${name} is blank: the text must be readable`);
  if (/\p{Cc}/u.test(value))
    throw new Error(`${name} has a line break or another control character`);
  if ([...value].length > length) throw new Error(`${name} is longer than ${length} characters`);
  return value;
}

/**
 * @param {string} name
 * @param {string} [value]  one entry a line
 */
function lines(name, value = '') {
  const entries = value
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  if (entries.length > MAX_LINES) throw new Error(`${name} has more than ${MAX_LINES} lines`);
  for (const entry of entries)
    if ([...entry].length > MAX_LINE_CHARACTERS)
      throw new Error(`${name} has a line of more than ${MAX_LINE_CHARACTERS} characters`);
  return entries;
}

/** @param {string} line */
function link(line) {
  const at = line.indexOf('=');
  const label = line.slice(0, Math.max(0, at)).trim();
  const href = line.slice(at + 1).trim();
  if (label === '' || !/^(https:\/\/[^\s/]|mailto:[^\s])[^\s]*$/.test(href))
    throw new Error('LINKS has a line that is not Label=https://… or Label=mailto:…');
  return { label, href };
}

/** @param {string} value  a `data:` URL or the path of a file @returns {Logo} */
function logo(value) {
  const bytes = value.startsWith('data:') ? fromDataUrl(value) : fromFile(value);
  const extension = imageType(bytes);
  if (bytes.length > MAX_LOGO_BYTES)
    throw new Error(`BRAND_LOGO is larger than ${MAX_LOGO_BYTES / 1024} KB`);
  if (!extension) throw new Error('BRAND_LOGO is not a PNG, JPEG, WebP or SVG image');
  if (extension === 'svg' && ACTIVE_SVG.test(bytes.toString('utf8')))
    throw new Error('BRAND_LOGO is an SVG image with scripts');
  return { bytes, file: `logo.${extension}` };
}

/** @param {string} url */
function fromDataUrl(url) {
  const [, base64, data] = LOGO_DATA.exec(url) ?? [];
  if (data === undefined) throw new Error('BRAND_LOGO is not a data: URL of an image');
  try {
    return base64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data), 'utf8');
  } catch {
    throw new Error('BRAND_LOGO is not a data: URL of an image');
  }
}

/** @param {string} path */
function fromFile(path) {
  try {
    return readFileSync(path);
  } catch {
    throw new Error('BRAND_LOGO is neither a data: URL nor a file that can be read');
  }
}

/** The extension of an image, by its first bytes. @param {Buffer} bytes */
function imageType(bytes) {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpg';
  if (/^RIFF.{4}WEBP$/s.test(start)) return 'webp';
  return /^\uFEFF?\s*(?:<!--.*?-->\s*)*<(svg|\?xml|!DOCTYPE svg)[\s>]/s.test(bytes.toString('utf8'))
    ? 'svg'
    : undefined;
}

/** @template {object} T @param {T} settings @returns {{ [K in keyof T]?: Exclude<T[K], undefined> }} */
function defined(settings) {
  return /** @type {any} */ (
    Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
  );
}
