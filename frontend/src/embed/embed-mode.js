import { byId, element } from '../element.js';
import { embedStrings } from '../strings/embed.js';
import { actionButton } from '../ui/action-button.js';
import { isComposing } from '../ui/composition.js';
import { addIcons } from '../ui/on-demand-icons.js';

/** @import { Chat } from '../chat.js' */
/** @import { Config } from '../stream/gateway.js' */
/** @import { Composer } from '../ui/composer.js' */
/** @typedef {'ready' | 'close' | 'unread' | 'started'} Message  to the site */

const PRODUCT = 'minimal-chatbot';
const VERSION = 1;
const MAX_PREFILL_CHARACTERS = 4_000;
// Escape has a meaning of its own in these.
const OWN_ESCAPE = 'dialog, #turns, [popover]';

/**
 * The page within another site: a button that closes it, one that opens it in its own tab, and the
 * messages between both. Nothing that the user or the model writes leaves the page by message.
 * @param {{
 *   chat: Chat, composer: Composer, config: () => Promise<Config>, draft: (text: string) => void
 * }} parts
 */
export function embedMode({ chat, composer, config, draft }) {
  /** @type {string | undefined} */
  let host; // the origin of the site, once it has spoken
  /** @type {Message[]} */
  const waiting = []; // until then
  let isOpen = true;
  let answering = chat.answering().size;
  addHeaderButtons(close);
  addEventListener('message', onMessage);
  addEventListener('keydown', onKeyDown, true);
  chat.onChange(onAnswers);

  /** @param {MessageEvent} event */
  async function onMessage({ source, origin, data }) {
    if (source !== parent || data?.product !== PRODUCT || data.version !== VERSION) return;
    const { embedOrigins = [] } = await config();
    if (!embedOrigins.includes(origin)) return;
    if (data.type === 'open') onOpen(origin, data);
    else if (host !== origin) return;
    else if (data.type === 'theme') applyTheme(data.theme);
    else if (data.type === 'prefill') prefill(data.text);
  }

  /**
   * @param {string} origin
   * @param {{ open?: boolean, focus?: boolean }} message
   */
  function onOpen(origin, { open = true, focus }) {
    host = origin;
    if (open && focus) composer.focus();
    isOpen = open;
    send('ready'); // each time: before the load of this document it does not count
    waiting.splice(0).forEach(send);
  }

  function onAnswers() {
    const before = answering;
    answering = chat.answering().size;
    if (answering > before) send('started');
    else if (answering < before && !isOpen) send('unread');
  }

  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    const { key, target, shiftKey } = event;
    if (key !== 'Escape' || shiftKey || isComposing(event)) return;
    if (chat.answering().size > 0 || document.querySelector('dialog[open]')) return;
    if (target instanceof Element && target.closest(OWN_ESCAPE)) return;
    close();
  }

  function close() {
    isOpen = false;
    send('close');
  }

  /** @param {Message} type */
  function send(type) {
    if (host) parent.postMessage({ product: PRODUCT, version: VERSION, type }, host);
    else waiting.push(type);
  }

  /** Never sent, and never in place of what the user has written. @param {unknown} text */
  function prefill(text) {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('[name=message]'));
    if (typeof text !== 'string' || text.length > MAX_PREFILL_CHARACTERS || field.value !== '')
      return;
    draft(text);
    composer.fill(text);
  }
}

/** Until the next message, also where the theme of the system changes. @param {unknown} theme */
function applyTheme(theme) {
  if (theme !== 'light' && theme !== 'dark') return;
  const apply = () => {
    document.documentElement.dataset.theme = theme;
  };
  apply();
  matchMedia('(prefers-color-scheme: dark)').onchange = apply;
}

/** @param {() => void} close */
function addHeaderButtons(close) {
  addIcons();
  const { openInTab, closeChat } = embedStrings;
  const button = actionButton('close', closeChat, close);
  const { className } = button;
  const tab = element(
    'a',
    { className, href: './', target: '_blank', title: openInTab, rel: 'noopener' },
    ...actionButton('open', openInTab).childNodes, // an import of icon.js would split the application
    element('span', { className: 'sr-only' }, openInTab),
  );
  const newChat = byId('new-chat-here');
  const end = element('div', { className: 'flex' }, tab, button);
  newChat.before(end);
  byId('toggle-sidebar').before(newChat);
}
