import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageStrings } from '../src/strings/page.js';
import { pageClasses } from '../src/ui/classes.js';
import { escapeHtml } from './html-placeholders.js';
import { translations } from './translations.js';

/** @import { BrandSettings } from './brand-settings.js' */
/** @import { PageTexts } from '../src/languages/translate-page.js' */
/** @typedef {Record<string, string>} Entries  by name */

/**
 * What index.html and the manifest look like, with `{{…}}` for each place of the brand, and what
 * stands in the places. The gateway reads it at its start, and gets the same result as this build.
 * `languages` replace entries of both tables.
 * @typedef {{
 *   html: string, manifest: string, defaults: Entries, items: Entries,
 *   languages: Record<string, { defaults: Entries, items: Entries }>
 * }} BrandTable
 */

const manifest = new URL('../public/manifest.json', import.meta.url);
const VERSION = /minimal-chatbot-[0-9a-f]{12}/;
const CACHED_ICON = '"favicon.svg"'; // in the list of the service worker
const TABLE_FILE = 'brand.json';
const LANGUAGE = '"language":"auto"'; // in the service worker

const SUGGESTION = `<li><button class="${pageClasses.suggestion}" type="button" dir="auto">{{text}}</button></li>`;

/** What is inserted into a place if the operator has set it; `{{…}}` is text. */
const items = {
  suggestion: SUGGESTION,
  link: ` · <a class="${pageClasses.link}" href="{{href}}" target="_blank" rel="noopener">{{label}}</a>`,
  logo: `<img class="${pageClasses.logo}" src="./{{file}}" alt="" />`,
  icon: '<link rel="icon" href="./{{file}}" /><link rel="apple-touch-icon" href="./{{file}}" />',
  style:
    '<style>:root:root{--accent:{{light}};--mark:color-mix(in srgb,{{light}} 22%,var(--bg))}:root[data-theme=dark]{--accent:{{dark}};--mark:color-mix(in srgb,{{dark}} 22%,var(--bg))}#send:not([aria-disabled=true]){background:var(--accent)}</style>',
  ...itemsIn(pageStrings),
  icons: '{ "src": "{{file}}", "sizes": "any" }',
};

/**
 * A page without a brand. The icons have their paths in the source, which the build replaces.
 * @type {Record<string, string>}
 */
const defaults = {
  ...defaultsIn(pageStrings),
  language: 'auto',
  links: '',
  logo: '',
  icon: '<link rel="icon" href="/favicon.svg" type="image/svg+xml" /><link rel="apple-touch-icon" href="/icon-192.png" />',
  style: '',
};

/** These are texts, which can stand in an attribute; the others are HTML. */
const TEXTS = ['title', 'greeting', 'placeholder', 'disclosure', 'language'];

// Marks around a place while the page is built: characters of the private use area, or comments.
const MARKED =
  /\uE000(?<text>[\w.]+)\uE001(?<content>[^\uE002]*)\uE002|<!--\{(?<html>\w+)\}-->(?<element>.*?)<!--\{\/\}-->/gs;

/** The default of a place, with marks around it. @param {string} place */
export function marked(place) {
  const content = defaults[place];
  return TEXTS.includes(place)
    ? markedText(place, content)
    : `<!--{${place}}-->${content}<!--{/}-->`;
}

/**
 * A text of the page, with marks around it.
 * @param {string} place
 * @param {string} text
 */
export function markedText(place, text) {
  return `\uE000${place}\uE001${text}\uE002`;
}

/**
 * @param {string} html  with marks
 * @returns {BrandTable}
 */
export function brandTable(html) {
  /** @type {Record<string, string>} */
  const found = {};
  const template = html.replace(MARKED, (...match) => {
    const { text, content, html: element, element: inner } = match.at(-1);
    found[text ?? element] = content ?? inner;
    return `{{${text ?? element}}}`;
  });
  const { icons, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
  const webManifest = {
    ...rest,
    name: '{{title}}',
    short_name: '{{shortTitle}}',
    lang: '{{language}}',
    dir: '{{direction}}',
    description: '{{description}}',
    icons: '{{icons}}',
  };
  return {
    html: template,
    manifest: JSON.stringify(webManifest).replace('"{{icons}}"', '[{{icons}}]'),
    defaults: {
      ...found,
      ...manifestTexts(pageStrings),
      manifestIcons: JSON.stringify(icons).slice(1, -1),
    },
    items,
    languages: Object.fromEntries(
      Object.entries(translations).map(([language, { page }]) => [
        language,
        {
          defaults: { ...textsIn(page), ...defaultsIn(page), ...manifestTexts(page) },
          items: itemsIn(page),
        },
      ]),
    ),
  };
}

/**
 * The texts of index.html by their paths.
 * @param {object} texts
 * @returns {Entries}
 */
function textsIn(texts, path = 'strings') {
  const entries = Object.entries(texts).map(([key, text]) =>
    typeof text === 'string'
      ? { [`${path}.${key}`]: escapeHtml(text) }
      : textsIn(text, `${path}.${key}`),
  );
  return Object.assign({}, ...entries);
}

/** The texts that an operator can replace. @param {PageTexts} texts @returns {Entries} */
function defaultsIn({ name, greeting, messagePlaceholder, disclosure, suggestionTexts }) {
  return {
    title: escapeHtml(name),
    greeting: escapeHtml(greeting),
    placeholder: escapeHtml(messagePlaceholder),
    disclosure: entry(disclosure, { title: name }),
    suggestions: suggestionTexts.map(text => entry(SUGGESTION, { text })).join(''),
  };
}

/** @param {PageTexts} texts @returns {Entries} */
function itemsIn({ disclosure, disclosureProvider }) {
  return { disclosure, provider: ` <span>${disclosureProvider}</span>` };
}

/** @param {PageTexts} texts @returns {Entries} */
function manifestTexts({ name, shortName, language, direction, description }) {
  return {
    manifestTitle: name,
    manifestShortTitle: shortName,
    manifestLanguage: language,
    manifestDirection: direction,
    manifestDescription: description,
  };
}

/**
 * The page and its manifest with the operator's brand.
 * @param {BrandTable} table
 * @param {BrandSettings} settings
 */
export function branded(table, settings) {
  const { defaults, items } = inLanguage(table, settings.language);
  const { title, logo, suggestions, language } = settings;
  const html = fill(table.html, {
    ...defaults,
    language: language ?? defaults.language,
    title: title ? escapeHtml(title) : defaults.title,
    greeting: settings.greeting ? escapeHtml(settings.greeting) : defaults.greeting,
    placeholder: settings.placeholder ? escapeHtml(settings.placeholder) : defaults.placeholder,
    disclosure: foot({ defaults, items }, settings),
    suggestions: suggestions
      ? suggestions.map(text => entry(items.suggestion, { text })).join('')
      : defaults.suggestions,
    links: (settings.links ?? []).map(link => entry(items.link, link)).join(''),
    logo: logo ? entry(items.logo, { file: logo.file }) : '',
    icon: logo ? entry(items.icon, { file: logo.file }) : defaults.icon,
    style: settings.accent ? entry(items.style, settings.accent) : '',
  });
  return {
    html,
    manifest: fill(table.manifest, {
      title: jsonText(title ?? defaults.manifestTitle),
      shortTitle: jsonText(title ?? defaults.manifestShortTitle),
      language: defaults.manifestLanguage,
      direction: defaults.manifestDirection,
      description: jsonText(defaults.manifestDescription),
      icons: logo ? entry(items.icons, { file: logo.file }) : defaults.manifestIcons,
    }),
  };
}

/**
 * The service worker with a version of its own, because it caches what the brand changes.
 * @param {string} script
 * @param {{ html: string, manifest: string }} page
 * @param {BrandSettings} settings
 */
export function brandedServiceWorker(script, { html, manifest }, { logo, language = 'auto' }) {
  const hash = createHash('sha256').update(html).update(manifest);
  const version = hash
    .update(logo?.bytes ?? '')
    .digest('hex')
    .slice(0, 8);
  return script
    .replace(VERSION, built => `${built}-${version}`)
    .replace(LANGUAGE, LANGUAGE.replace('auto', language))
    .replace(CACHED_ICON, icon => (logo ? `${icon},"${logo.file}"` : icon));
}

/**
 * Fills the places of the brand: from the settings of a static host, or with a table for the
 * gateway, which fills them at its start.
 * @param {BrandSettings | undefined} settings  undefined for the gateway
 * @returns {import('vite').Plugin}
 */
export function brand(settings) {
  /** @type {BrandTable} */
  let table;
  const own = settings ?? {};
  return {
    name: 'brand',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        table = brandTable(html);
        return branded(table, own).html;
      },
    },
    // Not in the bundle: the service worker caches that, and has a version of it.
    writeBundle({ dir = '' }) {
      if (!settings) return writeFileSync(join(dir, TABLE_FILE), JSON.stringify(table));
      if (Object.keys(own).length === 0) return;
      const page = branded(table, own);
      const script = join(dir, 'sw.js');
      writeFileSync(script, brandedServiceWorker(readFileSync(script, 'utf8'), page, own));
      writeFileSync(join(dir, 'manifest.json'), page.manifest);
      if (own.logo) writeFileSync(join(dir, own.logo.file), own.logo.bytes);
    },
  };
}

/**
 * @param {BrandTable} table
 * @param {string} [language]
 */
function inLanguage({ defaults, items, languages }, language = '') {
  const own = languages[language];
  return { defaults: { ...defaults, ...own?.defaults }, items: { ...items, ...own?.items } };
}

/**
 * @param {{ defaults: Entries, items: Entries }} table
 * @param {BrandSettings} settings
 */
function foot({ defaults, items }, { title, disclosure, provider, notice }) {
  const sentence = title ? entry(items.disclosure, { title }) : defaults.disclosure;
  return [
    disclosure ? escapeHtml(disclosure) : sentence,
    provider ? entry(items.provider, { provider }) : '',
    notice ? ` ${escapeHtml(notice)}` : '',
  ].join('');
}

/**
 * @param {string} item
 * @param {Record<string, string>} texts
 */
function entry(item, texts) {
  const escaped = Object.entries(texts).map(([name, text]) => [name, escapeHtml(text)]);
  return fill(item, Object.fromEntries(escaped));
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function fill(template, values) {
  return template.replace(/\{\{([\w.]+)\}\}/g, (_place, name) => values[name]);
}

/** A text within a string of JSON. @param {string} text */
function jsonText(text) {
  return JSON.stringify(text).slice(1, -1);
}
