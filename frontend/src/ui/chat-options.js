import { byId } from '../element.js';
import { optionStrings as words } from '../strings/options.js';
import { modelPicker } from './model-picker.js';
import { searchToggle } from './search-toggle.js';

/** @import { Conversations } from '../conversations.js' */
/** @import { Router } from '../router.js' */
/** @import { Model } from '../stream/capabilities.js' */
/** @import { Setting } from './stored-setting.js' */
/** @typedef {{ conversations: Conversations, router: Router }} ChatOptionsParts */

/**
 * The controls beside the composer for what the gateway lets the user choose in each conversation: the
 * model, and whether it searches the web.
 * @param {ChatOptionsParts & { labels: Setting }} parts
 */
export function chatOptions({ conversations, router, labels }) {
  const form = byId('composer', HTMLFormElement);
  const picker = modelPicker(model => choose({ model }));
  const toggle = searchToggle(webSearch => choose({ webSearch }));
  const notice = leftNotice();
  /** @type {Model[]} */
  let models = [];
  const files = /** @type {HTMLElement} */ (form.elements.namedItem('files'));
  files.after(toggle.element, picker.element);
  fitHint();
  for (const part of [router, conversations]) part.onChange(show);
  return { update };

  /** @param {Model[]} announced */
  function update(announced) {
    models = announced;
    const before = JSON.parse(labels.read());
    const now = Object.fromEntries(models.map(({ id, label }) => [id, label]));
    labels.write(JSON.stringify({ ...before, ...now }));
    picker.setModels(models);
    show();
  }

  function show() {
    if (!router.isReady() || models.length === 0) return;
    const current = router.current();
    const { model, webSearch = false } = conversations.choices(current?.id);
    notice.hideAfter(current);
    const chosen = models.find(({ id }) => id === model);
    if (model && !chosen) {
      notice.show(words.modelLeft(JSON.parse(labels.read())[model] ?? model, models[0].label));
      return choose({ model: undefined }); // shows again
    }
    const used = chosen ?? models[0];
    picker.update(used.id);
    toggle.update(used.capabilities.includes('web_search'), webSearch);
  }

  /** @param {Parameters<Conversations['choose']>[1]} change */
  function choose(change) {
    conversations.choose(router.current()?.id, change);
  }
}

/** The hint of the composer has no room beside these controls on a narrow page. */
function fitHint() {
  const narrow = matchMedia('(width < 40rem)');
  const fit = () => {
    byId('hint').hidden = narrow.matches;
  };
  narrow.addEventListener('change', fit);
  fit();
}

/** The notice about a model that was chosen before and is no longer there, until the next message. */
function leftNotice() {
  const text = document.createElement('p');
  const box = byId('cleared').parentElement?.cloneNode();
  const form = byId('composer');
  /** @type {string | null | undefined} */
  let leaf;
  text.role = 'status';
  if (box instanceof HTMLElement) {
    form.before(box);
    box.append(text);
  }
  return { show, hideAfter };

  /** @param {string} sentence */
  function show(sentence) {
    text.textContent = sentence;
  }

  /** @param {{ leaf: string | null } | undefined} current */
  function hideAfter(current) {
    if (leaf !== current?.leaf) text.textContent = '';
    leaf = current?.leaf;
  }
}
