import { strings } from '../strings.js';
import { composing } from './keys.js';

/** @typedef {(query: string) => Set<string>} Find */

/**
 * Searches while the reader types. What there is to search is read once, when they begin.
 * @param {HTMLInputElement} field
 * @param {() => Promise<Find>} begin
 * @param {(found: Set<string> | undefined) => void} show  nothing where nothing is searched for
 */
export function searchField(field, begin, show) {
  /** @type {Promise<Find> | undefined} */
  let searching;
  field.oninput = search;
  field.onkeydown = event => {
    if (event.key !== 'Escape' || composing(event) || field.value === '') return;
    event.preventDefault();
    field.value = '';
    search();
  };

  async function search() {
    const query = field.value;
    if (query.trim() === '') {
      searching = undefined;
      return show(undefined);
    }
    searching ??= begin();
    const found = (await searching)(query);
    if (query !== field.value) return;
    show(found);
    const detail = strings.results(found.size);
    field.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
  }
}
