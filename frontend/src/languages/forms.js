/** @typedef {{ [category in Intl.LDMLPluralRule]?: string } & { other: string }} PluralForms */

/**
 * Numbers, lists and plurals of a language.
 * @param {string} language
 */
export function forms(language) {
  const rules = new Intl.PluralRules(language);
  const columns = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
  const names = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    number,
    plural,
    and,
    two,
    list: (/** @type {string[]} */ texts) => columns.format(texts),
  };

  /** @param {number} value */
  function number(value, digits = 0) {
    const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return value.toLocaleString(language, exactly);
  }

  /**
   * A text that depends on a count, which stands in the place of `#`.
   * @param {PluralForms} texts  a category without a text of its own has that of `other`
   */
  function plural(texts) {
    return (/** @type {number} */ count) =>
      (texts[rules.select(count)] ?? texts.other).replace('#', number(count));
  }

  /** A list in a sentence, of the texts that are there. @param {(string | false)[]} texts */
  function and(texts) {
    return names.format(texts.filter(text => text !== false));
  }

  /**
   * A text about two counts, without that of a count of 0. It is empty if both are 0.
   * @param {(count: number) => string} first
   * @param {(count: number) => string} second
   * @param {(texts: string[]) => string} join
   */
  function two(first, second, join) {
    return (/** @type {number} */ one, /** @type {number} */ other) => {
      const texts = [...(one > 0 ? [first(one)] : []), ...(other > 0 ? [second(other)] : [])];
      return texts.length > 0 ? join(texts) : '';
    };
  }
}
