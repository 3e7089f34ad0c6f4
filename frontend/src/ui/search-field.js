import { search } from '../conversation/search.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { isComposing } from './composition.js';
import { foundText } from './found-text.js';

/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { FoundText } from './found-text.js' */

/**
 * Searches titles and messages on input. Each focus reads the conversations again.
 * @param {HTMLInputElement} field
 * @param {() => Promise<Snapshot>} read
 * @param {(found: Map<string, FoundText> | undefined) => void} show  undefined for an empty query
 */
export function searchField(field, read, show) {
  /** @type {Promise<ReturnType<typeof search>> | undefined} */
  let searching;
  field.oninput = find;
  field.onkeydown = event => {
    if (event.key !== 'Escape' || isComposing(event) || field.value === '') return;
    event.preventDefault();
    field.value = '';
    find();
  };
  field.onfocus = readAll;
  readAll();
  find(); // text that was typed before this module was loaded

  function readAll() {
    searching = read().then(({ conversations, messages }) => search(conversations, messages));
  }

  async function find() {
    const query = field.value;
    if (query.trim() === '') return show(undefined);
    const found = (await searching)?.(query);
    if (!found || query !== field.value) return;
    show(new Map([...found].map(([id, each]) => [id, title => foundText(title, each)])));
    const detail = onDemandStrings.conversations.results(found.size);
    field.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
  }
}
