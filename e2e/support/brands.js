import { readFileSync } from 'node:fs';
import { branded, brandedServiceWorker } from '../../frontend/vite/brand.js';
import { brandSettings } from '../../frontend/vite/brand-settings.js';

/** @import { ScriptedGateway } from './chat-page.js' */

const folder = new URL('../../frontend/dist/', import.meta.url);

/** Brands for pictures and tests, as an operator sets them. @type {Record<string, Record<string, string>>} */
export const brands = {
  bakery: {
    BRAND_TITLE: 'Crumb & Crust',
    BRAND_ACCENT: '#8a4b08',
    BRAND_LOGO: mark('#8a4b08', 'M20 42c-8-22 32-36 40-12 12 28-30 42-40 12zm14-14 6 12m4-16 6 12'),
    GREETING: 'What shall we bake?',
    PLACEHOLDER: 'Ask about bread, cakes or opening hours',
    SUGGESTIONS: 'Which breads are vegan?\nWhen do you open?\nA cake for twelve',
    NOTICE: 'Please do not enter card numbers.',
    LINKS: 'Privacy=https://example.com/privacy\nContact=mailto:hello@example.com',
    DISCLOSURE_PROVIDER: 'api.openai.com',
  },
  library: {
    PAGE_LANGUAGE: 'de',
    BRAND_TITLE: 'Frag die Bibliothek',
    BRAND_ACCENT: '#6b2fb3,#c4a3f5',
    GREETING: 'Welches Buch ist das nächste?',
    PLACEHOLDER: 'Ein Buch oder ein Thema beschreiben',
    SUGGESTIONS:
      'Krimis, die in Lissabon spielen\nWie verlängere ich eine Leihe?\nBilderbücher über das Meer\nRuhige Plätze zum Lernen',
    LINKS: 'Katalog=https://example.com/catalogue\nImpressum=https://example.com/imprint',
    DISCLOSURE:
      'Antworten stammen von einer Maschine und können falsch sein: Am Schalter weiß man es besser.',
  },
  clinic: {
    PAGE_LANGUAGE: 'ar',
    BRAND_TITLE: 'عيادة الميناء',
    BRAND_ACCENT: '#00696b',
    BRAND_LOGO: mark('#00696b', 'M32 16v32M16 32h32'),
    GREETING: 'كيف يمكننا مساعدتك اليوم؟',
    SUGGESTIONS: 'حجز موعد\nما يلزم إحضاره في الزيارة الأولى',
    NOTICE: 'في حالات الطوارئ اتصل بالرقم 112.',
    LINKS: 'الخصوصية=https://example.com/privacy',
  },
};

/**
 * Serves the page with a brand, as the gateway does.
 * @param {ScriptedGateway} gateway
 * @param {string} name
 */
export function serveBrand(gateway, name) {
  serveSettings(gateway, brands[name]);
}

/**
 * Serves the page with the settings of an operator, as the gateway does.
 * @param {ScriptedGateway} gateway
 * @param {Record<string, string>} environment
 */
export function serveSettings(gateway, environment) {
  const settings = brandSettings(environment);
  const page = branded(JSON.parse(built('brand.json')), settings);
  gateway.replaceFile('/', page.html);
  gateway.replaceFile('/manifest.json', page.manifest);
  gateway.replaceFile('/sw.js', brandedServiceWorker(built('sw.js'), page, settings));
  if (settings.logo) gateway.replaceFile(`/${settings.logo.file}`, String(settings.logo.bytes));
}

/** @param {string} file  of the built page */
function built(file) {
  return readFileSync(new URL(file, folder), 'utf8');
}

/**
 * @param {string} colour
 * @param {string} path
 */
function mark(colour, path) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" fill="none" stroke="${colour}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
