import { actions as createActions } from './actions.js';
import { chat as createChat } from './chat.js';
import { commands } from './commands.js';
import { conversations as createConversations } from './conversations.js';
import { drafts as createDrafts } from './drafts.js';
import { byId } from './element.js';
import { embedded } from './embed/embedded.js';
import { notices as createNotices } from './notices.js';
import { page } from './page.js';
import { router as createRouter } from './router.js';
import { runningAnswers } from './running-answers.js';
import { store as createStore } from './store/store.js';
import { tabSync } from './store/tab-sync.js';
import { config } from './stream/config.js';
import { gateway as createGateway } from './stream/gateway.js';
import { composer as createComposer } from './ui/composer.js';
import { connection } from './ui/connection.js';
import { fileAttachments } from './ui/file-attachments.js';
import { keyboardFocus } from './ui/keyboard-focus.js';
import { lazyOptions } from './ui/lazy-options.js';
import { lazyTranscript } from './ui/lazy-transcript.js';
import { moduleLoader } from './ui/module-loader.js';
import { storedSetting } from './ui/stored-setting.js';
import { suggestions } from './ui/suggestions.js';
import { waitingMessages } from './ui/waiting-messages.js';

const form = byId('composer', HTMLFormElement);
const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('message'));
const spoken = storedSetting('spoken', 'full');

const { load } = moduleLoader(byId('not-loaded'));
const tabs = tabSync();
const store = createStore();
const conversations = createConversations({ store, tabs });
const gateway = createGateway(config());
const chat = createChat({ gateway, conversations, tabs, load });
const drafts = createDrafts({ store, chat, conversations });
const router = createRouter({ conversations, drafts, store });
const notices = createNotices({ store, conversations });
const actions = createActions({ chat, conversations, drafts, router, notices, gateway }, field);
const { modelLabel } = lazyOptions({ gateway, conversations, router });
const transcript = lazyTranscript(byId('turns'), { ...actions, modelLabel }, load);
const composer = createComposer(form, { ...actions, draft, editLast });
const queue = waitingMessages(form, { ...actions, ...composer, load });

page({ chat, conversations, drafts, router, composer, queue, transcript, spoken, load });
commands({ conversations, router, actions, composer, transcript, editLast, spoken });
fileAttachments(form, { conversations, drafts, store, router, gateway, composer, load });
router.onChange(notices.leave);
connection(byId('offline'), composer.connected);
keyboardFocus();
embedded(load, { chat, composer, draft, config: gateway.config });
suggestions(byId('suggestions'), composer);
store.onSaved(tabs.broadcast);
form.addEventListener('focusin', gateway.prepare, { once: true });
runningAnswers({ chat, conversations, router });
document.addEventListener('visibilitychange', store.flush);
start();

/** @param {string} text */
function draft(text) {
  transcript.prefetch();
  router.saveDraft(text);
}

/** Edits the last message, sent or not. */
function editLast() {
  if (!queue.editLast()) transcript.editLast();
}

// Not awaited at the top level, because modules that are loaded on demand import parts of this chunk.
async function start() {
  document.documentElement.dataset.ready = ''; // the script of index.html saves no more text
  composer.fill(router.typed() || field.value);
  if (field.value || router.address()) transcript.prefetch();
  if (self === top && matchMedia('(pointer: fine)').matches) composer.focus();
  await conversations.loadList();
  notices.checkCleared();
  await router.start(composer);
}
