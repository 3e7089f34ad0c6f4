/** @typedef {(...values: any[]) => string} TextFunction */

/** The codes of the gateway's errors, whose sentences are in English on the wire. */
export const ERROR_CODES = [
  'invalid_request',
  'unauthorized',
  'access_code_required',
  'origin_not_allowed',
  'not_found',
  'model_not_found',
  'method_not_allowed',
  'unsupported_media_type',
  'resume_conflict',
  'payload_too_large',
  'context_too_long',
  'rate_limited',
  'overloaded',
  'timeout',
  'provider_error',
  'internal',
];

// Paths of the texts that are the same in English.
const SAME_EVERYWHERE = [
  '.page.name',
  '.activity.seconds',
  '.activity.minutes',
  '.strings.fileSize',
  '.attachments.size',
];
/** @type {Record<string, string[]>} */
const SAME = {
  de: [
    '.onDemand.keyNames.escape',
    '.page.shortName',
    '.page.hint.sendKey',
    '.strings.offline',
    '.render.code',
    '.onDemand.settings.themes.system',
    '.import.placeholders.audio',
  ],
  fr: [
    '.onDemand.keyNames.control',
    '.page.shortName',
    '.page.conversations',
    '.page.conversation',
    '.page.message',
    '.page.suggestions',
    '.strings.assistant',
    '.turns.versions',
    '.render.code',
    '.activity.sources',
    '.onDemand.conversations.sources',
    '.onDemand.palette.conversations',
    '.onDemand.settings.conversations',
    '.import.placeholders.image',
    '.attachments.pages',
    '.import.placeholders.audio',
  ],
  es: [
    '.onDemand.keyNames.control',
    '.onDemand.keyNames.escape',
    '.page.shortName',
    '.turns.meta.tokens',
    '.import.placeholders.audio',
  ],
  it: [
    '.onDemand.keyNames.control',
    '.onDemand.keyNames.escape',
    '.page.shortName',
    '.turns.meta.tokens',
    '.import.placeholders.audio',
    '.import.placeholders.file',
  ],
  pt: [
    '.onDemand.keyNames.control',
    '.onDemand.keyNames.shift',
    '.onDemand.keyNames.escape',
    '.page.shortName',
    '.page.hint.sendKey',
    '.page.hint.lineKey',
    '.turns.meta.tokens',
  ],
  nl: [
    '.onDemand.keyNames.control',
    '.onDemand.keyNames.shift',
    '.onDemand.keyNames.escape',
    '.page.shortName',
    '.page.hint.sendKey',
    '.page.hint.lineKey',
    '.turns.meta.tokens',
    '.render.code',
    '.import.placeholders.audio',
  ],
  ar: [
    '.onDemand.keyNames.control',
    '.onDemand.keyNames.shift',
    '.onDemand.keyNames.escape',
    '.page.hint.sendKey',
    '.page.hint.lineKey',
  ],
};

const COUNTS = [0, 1, 2, 3, 11, 100, 1234];
const MARKS = ['71', '72', '73']; // read as texts or as numbers

/**
 * What is wrong with the texts of a language: a text that is missing or unknown, a function with other
 * parameters, or a text that is still English or lacks a part.
 * @param {string} language
 * @param {object} english
 * @param {object} texts
 * @returns {string[]}
 */
export function translationProblems(language, english, texts) {
  const same = [...SAME_EVERYWHERE, ...(SAME[language] ?? [])];
  return compare(english, texts, '').map(problem => `${language}${problem}`);

  /**
   * @param {unknown} expected
   * @param {unknown} found
   * @param {string} path
   * @returns {string[]}
   */
  function compare(expected, found, path) {
    if (found === undefined) return [`${path} is missing`];
    if (expected === undefined) return [`${path} is unknown`];
    if (typeof found !== typeof expected) return [`${path} has another type`];
    if (typeof expected === 'object') return compareAll(Object(expected), Object(found), path);
    const compareOne = typeof expected === 'function' ? functionProblem : textProblem;
    const problem = compareOne(/** @type {any} */ (expected), /** @type {any} */ (found), path);
    return problem ? [`${path} ${problem}`] : [];
  }

  /**
   * @param {object} expected
   * @param {object} found
   * @param {string} path
   */
  function compareAll(expected, found, path) {
    const isOfErrors = path === '.endings.failures'; // in English, the gateway's sentences are shown
    const codes = isOfErrors ? ERROR_CODES.map(code => [code, '']) : [];
    const all = { ...Object.fromEntries(codes), ...expected };
    const keys = new Set([...Object.keys(all), ...Object.keys(found)]);
    return [...keys].flatMap(key =>
      compare(Reflect.get(all, key), Reflect.get(found, key), `${path}.${key}`),
    );
  }

  /**
   * @param {string} expected
   * @param {string} found
   * @param {string} path
   */
  function textProblem(expected, found, path) {
    if (expected === '' && found === '') return ''; // about nothing
    if (found.trim() === '') return 'is empty';
    if (path === '.page.language') return found === language ? '' : `is ${found}`;
    if (path === '.page.direction') return /^(?:ltr|rtl)$/.test(found) ? '' : `is ${found}`;
    if (String(places(found)) !== String(places(expected))) return 'has other places for values';
    if (edges(found) !== edges(expected)) return 'has other spaces at its ends';
    if (/undefined|NaN|\[object|#/.test(found)) return `is “${found}”`;
    return found === expected && !same.includes(path) ? 'is in English' : '';
  }

  /**
   * @param {TextFunction} expected
   * @param {TextFunction} found
   * @param {string} path
   */
  function functionProblem(expected, found, path) {
    if (found.length !== expected.length) return `has ${found.length} parameters`;
    for (const values of [MARKS, ...COUNTS.map(count => [count, count, count])]) {
      const arguments_ = isAboutList(expected) ? [values.map(String)] : values;
      const [text, own] = [expected(...arguments_), found(...arguments_)];
      const problem = textProblem(text, own, path);
      if (problem) return `(${values.slice(0, found.length)}) ${problem}`;
    }
    return '';
  }
}

/** Whether a function takes a list of texts. @param {TextFunction} text */
function isAboutList(text) {
  try {
    text(1);
    return false;
  } catch {
    return true;
  }
}

/** @param {string} text */
function places(text) {
  return (text.match(/\{\{\w*\}\}|7[1-3]/g) ?? []).sort();
}

/** @param {string} text */
function edges(text) {
  return `${/^\s/.test(text)},${/\s$/.test(text)}`;
}
