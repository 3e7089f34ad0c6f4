import { pageStrings } from '../strings/page.js';

/** @import { Texts } from './english.js' */
/** @typedef {Texts['page']} PageTexts */

const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'content'];
// What the operator can set. A text that is not the page's own stays.
const OPERATORS = 'title, #title, #greeting, #suggestions button, #disclosure, #disclosure *';

/**
 * Makes the texts of a language those of the page. An HTML that is in English, because the language is
 * chosen by the browser, is translated first, as soon as it is complete.
 * @param {Texts} texts
 */
export async function translated(texts) {
  const root = document.documentElement;
  const { language, direction } = texts.page;
  root.style.setProperty('--image', JSON.stringify(texts.render.image));
  if (root.lang === language) return texts;
  await parsed();
  translatePage(texts.page);
  root.lang = language;
  root.dir = direction;
  return texts;
}

/** Not DOMContentLoaded, which waits for the modules of the page. */
function parsed() {
  return new Promise(resolve => {
    if (document.readyState !== 'loading') resolve(undefined);
    else document.addEventListener('readystatechange', resolve, { once: true });
  });
}

/** @param {PageTexts} texts */
function translatePage(texts) {
  const common = new Map(pairs(pageStrings, texts));
  for (const each of document.querySelectorAll(`:not(${OPERATORS})`)) translate(each, common);
  const greeting = new Map([[pageStrings.greeting, texts.greeting]]);
  for (const each of document.querySelectorAll('#greeting')) translate(each, greeting);
  const suggestions = new Map(pairs(pageStrings.suggestionTexts, texts.suggestionTexts));
  for (const each of document.querySelectorAll('#suggestions button')) translate(each, suggestions);
  translateDisclosure(texts);
}

/**
 * The texts with the same key.
 * @param {object} from
 * @param {object} to
 * @returns {[string, string][]}
 */
function pairs(from, to) {
  return Object.entries(from).flatMap(([key, text]) => {
    const other = Reflect.get(to, key);
    return typeof text === 'string' ? [[text, other]] : pairs(text, other);
  });
}

/**
 * @param {Element} element
 * @param {Map<string, string>} texts  by the English one
 */
function translate(element, texts) {
  for (const name of ATTRIBUTES) {
    const text = texts.get(element.getAttribute(name) ?? '');
    if (text) element.setAttribute(name, text);
  }
  for (const node of element.childNodes) {
    if (!(node instanceof Text)) continue;
    const english = node.data.trim();
    const text = texts.get(english);
    if (text) node.data = node.data.replace(english, () => text);
  }
}

/** The operator can set the title, add the provider and a notice, or replace the sentence. @param {PageTexts} texts */
function translateDisclosure({ disclosure, disclosureProvider }) {
  const root = document.querySelector('#disclosure');
  const sentence = pageStrings.disclosure.replace('{{title}}', () => document.title);
  const text = root?.firstChild;
  if (text instanceof Text && text.data.startsWith(sentence))
    text.data =
      disclosure.replace('{{title}}', () => document.title) + text.data.slice(sentence.length);
  const provider = root?.querySelector('span');
  const [before, after] = pageStrings.disclosureProvider.split('{{provider}}');
  const name = provider?.textContent?.slice(before.length, -after.length);
  if (provider && name)
    provider.textContent = disclosureProvider.replace('{{provider}}', () => name);
}
