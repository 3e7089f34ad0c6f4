import { chat } from './chat.js';
import { branch } from './conversation/branch.js';
import { plainText } from './render/plain-text.js';
import { store } from './store/store.js';
import { tabSync } from './store/tab-sync.js';
import { config } from './stream/config.js';
import { gateway } from './stream/gateway.js';
import { strings } from './strings/strings.js';
import { animationFrame } from './ui/animation-frame.js';
import { announcer } from './ui/announcer.js';
import { composer } from './ui/composer.js';
import { connection } from './ui/connection.js';
import { drawer } from './ui/drawer.js';
import { byId } from './ui/element.js';
import { fileAttachments } from './ui/file-attachments.js';
import { narrator } from './ui/narrator.js';
import { registerServiceWorker } from './ui/register-service-worker.js';
import { scroll } from './ui/scroll.js';
import { shortcuts } from './ui/shortcuts.js';
import { storedSetting } from './ui/stored-setting.js';
import { theme } from './ui/theme.js';
import { transcript } from './ui/transcript.js';
import { viewTransition } from './ui/view-transition.js';

/** @import { Change } from './store/write-behind.js' */
/** @import { Sidebar } from './ui/sidebar.js' */

const draw = animationFrame(() => {
  const current = talk.current();
  if (current || opened) show(current ? 'chat' : 'empty');
});
const tabs = tabSync();
const kept = store({ onLost: notKept, onKept, onCleared });
const talk = chat({
  gateway: gateway(config()),
  store: kept,
  tabs,
  onChange: draw,
  onRemoved: removedElsewhere,
});

const turns = byId('turns');
const title = byId('title');
const log = transcript(turns, {
  regenerate: talk.regenerate,
  continue: () => send(strings.continuePrompt),
  edit,
  select: talk.select,
});
const place = scroll({ thread: byId('thread'), turns, latest: byId('latest', HTMLButtonElement) });
const notice = byId('not-saved');
const had = storedSetting('conversations', 'none'); // or some, to notice when they are gone
const spoken = storedSetting('spoken', 'full');
const voice = narrator(
  announcer({ status: byId('status'), spoken: byId('spoken') }),
  plainText,
  spoken.read,
);
const form = byId('composer', HTMLFormElement);
const field = composer(form, {
  send,
  stop: talk.stop,
  isAnswering: () => talk.isAnswering(),
  draft,
  editLast: log.editLast,
});
const show = viewTransition(update);
/** @type {string | undefined} */
let before; // the conversation that was shown
/** @type {Sidebar | undefined} */
let list; // comes a moment after the page, which can be used without it
let opened = false; // what the address names; until then there is nothing to show

const deeds = {
  palette,
  settings,
  newChat: () => open('new'),
  sidebar: drawer({
    sidebar: byId('sidebar'),
    dialog: byId('drawer', HTMLDialogElement),
    button: byId('toggle-sidebar'),
  }),
  stop: talk.stop,
  write: field.focus,
  editLast: log.editLast,
  theme: theme(byId('theme')),
};

fileAttachments(form, byId('not-attached'), field.add);
connection(byId('offline'), field.connected);
shortcuts(deeds);
byId('open-settings').onclick = settings;

byId('suggestions').addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  draft(target.textContent);
  field.fill(target.textContent);
  field.focus();
});
addEventListener('hashchange', visit);
addEventListener('pagehide', talk.interrupt);
document.addEventListener('visibilitychange', kept.flush);

if (matchMedia('(pointer: fine)').matches) field.focus();
registerServiceWorker();
start();

// Not awaited at the top: what is loaded on demand shares modules with this one, and they would
// have to move out of it.
async function start() {
  showList();
  await talk.restore();
  byId('cleared').hidden =
    had.read() === 'none' || notice.textContent !== '' || talk.list().length > 0;
  await visit();
  opened = true;
  draw();
}

async function showList() {
  const { sidebar } = await import('./ui/sidebar.js');
  const { rename, pin, everything } = talk;
  const elements = {
    root: byId('conversation-list'),
    search: byId('search', HTMLInputElement),
  };
  list = sidebar(elements, { rename, pin, remove, exportAll: everything });
  draw();
}

function update() {
  const current = talk.current();
  const last = current && branch(current).at(-1);
  const shown = turns.lastElementChild;
  log.update(current);
  if (turns.lastElementChild !== shown && last?.status === 'streaming') place.anchor();
  else if (current?.id !== before) place.toEnd();
  before = current?.id;
  const has = talk.list().length > 0 ? 'some' : 'none';
  if (has !== had.read()) had.write(has);
  list?.update({ list: talk.list(), current: current?.id });
  field.update(talk.isAnswering());
  voice.update(current);
  title.textContent = current?.title ?? strings.name;
  document.title = current ? `${current.title} – ${strings.name}` : strings.name;
}

/** @param {string} id */
function open(id) {
  location.hash = id;
}

async function visit() {
  kept.flush();
  const typed = field.text();
  await talk.open(location.hash.slice(1));
  const { id = '' } = talk.current() ?? {};
  if (location.hash === '#new') field.focus();
  if (!id && location.hash) history.replaceState(null, '', location.pathname);
  const left = await kept.draft(id);
  if (field.text() === typed && (left || opened)) field.fill(left);
}

/** @param {string} id */
async function remove(id) {
  const shown = talk.current()?.id === id;
  const back = await talk.remove(id);
  if (shown) {
    history.replaceState(null, '', location.pathname);
    await visit();
  }
  const { offerUndo } = await import('./ui/offer-undo.js');
  offerUndo(byId('undo'), 'removed', () => {
    back();
    if (shown) open(id);
    list?.focus(id);
  });
}

/**
 * What is in the message field stays there.
 * @param {string} id
 * @param {(draft: string) => void} back
 */
async function removedElsewhere(id, back) {
  history.replaceState(null, '', location.pathname);
  draft(field.text());
  const { offerUndo } = await import('./ui/offer-undo.js');
  offerUndo(byId('removed-elsewhere'), 'removedElsewhere', () => {
    back(field.text());
    draft('');
    open(id);
    field.focus();
  });
}

/** @param {string} text */
function send(text) {
  const { id } = talk.current() ?? {};
  for (const told of ['undo', 'removed-elsewhere', 'cleared']) byId(told).hidden = true;
  talk.ask(text);
  navigator.storage?.persist?.().catch(() => {}); // from now on there is something to lose
  const now = talk.current()?.id;
  if (now !== id) history.pushState(null, '', `#${now}`);
}

/**
 * @param {string} question
 * @param {string} text
 */
function edit(question, text) {
  if (matchMedia('(pointer: fine)').matches) field.focus();
  talk.edit(question, text);
}

async function palette() {
  const { palette } = await import('./ui/palette.js');
  palette(deeds, { list: talk.list(), read: talk.everything, open });
}

async function settings() {
  const { settings } = await import('./ui/settings.js');
  settings({ spoken, exportAll: talk.everything, importAll: talk.take });
}

/** @param {string} text */
function draft(text) {
  kept.saveDraft({ conversation: talk.current()?.id ?? '', text });
}

/** @param {any} cause */
function notKept(cause) {
  notice.textContent =
    cause?.name === 'QuotaExceededError' ? strings.storageFull : strings.notSaved;
}

/** @param {Change[]} changes */
function onKept(changes) {
  notice.textContent = '';
  tabs.tell(changes);
}

function onCleared() {
  talk.saveAgain();
  byId('cleared').hidden = false;
}
