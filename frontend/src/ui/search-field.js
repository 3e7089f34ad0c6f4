import { search } from '../conversation/search.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { composing } from './composition.js';

/** @import { Snapshot } from '../conversation/archive.js' */

/**
 * Searches titles and messages while the reader types. What there is to search is read when
 * they come to the field.
 * @param {HTMLInputElement} field
 * @param {() => Promise<Snapshot>} read
 * @param {(found: Set<string> | undefined) => void} show  nothing where nothing is searched for
 */
export function searchField(field, read, show) {
  /** @type {Promise<ReturnType<typeof search>> | undefined} */
  let searching;
  field.oninput = find;
  field.onkeydown = event => {
    if (event.key !== 'Escape' || composing(event) || field.value === '') return;
    event.preventDefault();
    field.value = '';
    find();
  };
  field.onfocus = begin;
  begin();
  find(); // what is already there

  function begin() {
    searching = read().then(({ conversations, messages }) => search(conversations, messages));
  }

  async function find() {
    const query = field.value;
    if (query.trim() === '') return show(undefined);
    const found = (await searching)?.(query);
    if (!found || query !== field.value) return;
    show(found);
    const detail = onDemandStrings.conversations.results(found.size);
    field.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
  }
}
