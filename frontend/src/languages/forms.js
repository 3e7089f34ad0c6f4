/** @typedef {{ [category in Intl.LDMLPluralRule]?: string } & { other: string }} PluralForms */

/**
 * Numbers, lists and plurals of a language.
 * @param {string} language
 */
export function forms(language) {
  const rules = new Intl.PluralRules(language);
  const columns = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
  return { number, plural, list: (/** @type {string[]} */ texts) => columns.format(texts) };

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
}
