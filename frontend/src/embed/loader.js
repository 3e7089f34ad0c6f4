// Served as embed.js for other sites:
// <script async src="https://chat.example.com/embed.js" data-title="Chat" data-position="left"></script>
// It requests nothing before the first click, sets no cookie and works under a strict policy that
// allows this origin in script-src and frame-src. A site that goes from page to page in one document can
// run it again, which changes nothing, and can replace the body, which the button is not in.
// Not what has the name by its id.
if (typeof Reflect.get(window, 'minimalChatbot')?.open !== 'function') {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { origin } = new URL(script.src);
  /** @type {Record<string, string[]>} */
  const WORDS = {
    en: ['Open #', 'Close'],
    de: ['# öffnen', 'Schließen'],
    fr: ['Ouvrir #', 'Fermer'],
    es: ['Abrir #', 'Cerrar'],
    it: ['Apri #', 'Chiudi'],
    pt: ['Abrir #', 'Fechar'],
    nl: ['# openen', 'Sluiten'],
    ar: ['فتح #', 'إغلاق'],
  };
  const { language = document.documentElement.lang } = script.dataset;
  const [openTitle, closeWord] = WORDS[language.split('-')[0].toLowerCase()] ?? WORDS.en;
  const {
    title = 'Chat',
    label = openTitle.replace('#', () => title),
    closeLabel = closeWord,
    position,
    theme,
    prefill,
  } = script.dataset;
  const HELLO_INTERVAL_MS = 250;
  const MAX_HELLOS = 60;

  const SIDE = position === 'left' ? 'left' : 'right';
  const STYLES = `
:host{all:initial;--ink:#1c1c1a;--paper:#fff}
:host([dark]){--ink:#ececea;--paper:#161615}
[hidden]{display:none!important}
button{cursor:pointer}
.toggle{position:fixed;${SIDE}:20px;bottom:20px;z-index:2147483646;width:56px;height:56px;border:0;border-radius:28px;
background:var(--ink);color:var(--paper);box-shadow:0 2px 12px #0004}
button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.toggle svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
[data-unread]::after{content:"";position:absolute;top:2px;inset-inline-end:2px;width:12px;height:12px;
border:2px solid var(--paper);border-radius:8px;background:#d93025}
div{position:fixed;${SIDE}:20px;bottom:88px;z-index:2147483647;width:400px;height:min(640px,100vh - 108px);overflow:hidden;
border-radius:16px;background:var(--paper);box-shadow:0 8px 32px #0005}
.close{position:absolute;top:8px;inset-inline-end:8px;width:44px;height:44px;border:0;border-radius:8px;
background:none;color:var(--ink);font:24px/1 system-ui}
iframe{display:block;width:100%;height:100%;border:0}
@media (max-width:640px){div{inset:var(--top,0) 0 auto;width:auto;height:var(--height,100dvh);border-radius:0}}
@media (forced-colors:active){.toggle,div{border:1px solid}}`;
  const ICON = 'M21 11.5a8.5 8.5 0 0 1-12.6 7.4L3.5 20.5l1.6-4.7A8.5 8.5 0 1 1 21 11.5z';

  const host = document.createElement('minimal-chatbot');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'toggle';
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  button.ariaLabel = label;
  button.append(icon());
  const panel = document.createElement('div');
  panel.role = 'dialog';
  panel.ariaLabel = title;
  panel.hidden = true;
  // The page has one of its own, while it is there.
  const closeButton = document.createElement('button');
  closeButton.type = 'button';
  closeButton.className = 'close';
  closeButton.ariaLabel = closeLabel;
  closeButton.textContent = '×';
  closeButton.onclick = close;
  panel.append(closeButton);
  root.append(panel, button);

  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let ready = false; // whether the document in the frame has answered
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let greeting;
  let wantedTheme = theme;
  let wantedText = prefill;

  button.onclick = () => (panel.hidden ? open() : close());
  addEventListener('message', onMessage);
  addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented && !panel.hidden) close();
  });
  visualViewport?.addEventListener('resize', fit);
  visualViewport?.addEventListener('scroll', fit);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', applyTheme);
  applyTheme();
  const attach = () => document.documentElement.append(host);
  if (document.body) attach();
  else addEventListener('DOMContentLoaded', attach);

  Object.assign(window, {
    minimalChatbot: {
      open,
      close,
      theme(/** @type {string} */ value) {
        wantedTheme = value;
        applyTheme();
        if (ready) send({ type: 'theme', theme: value });
      },
      prefill(/** @type {string} */ text) {
        if (ready) send({ type: 'prefill', text });
        else wantedText = text;
      },
    },
  });

  function open() {
    panel.hidden = false;
    button.ariaExpanded = 'true';
    delete button.dataset.unread;
    button.ariaLabel = label;
    fit();
    if (!frame) load();
    if (ready) focus();
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    button.ariaExpanded = 'false';
    if (ready) send({ type: 'open', open: false });
    button.focus();
  }

  /** Not before the frame has loaded: its next document would not have the focus. */
  function focus() {
    frame?.focus();
    send({ type: 'open', open: true, focus: true });
  }

  function load() {
    frame = document.createElement('iframe');
    frame.src = `${origin}/?embed=1`;
    frame.allow = 'clipboard-write';
    frame.title = title;
    frame.onload = greet;
    panel.append(frame);
  }

  /**
   * Greets each document of the frame, which can also reload itself, from its load on: a host may need
   * minutes to wake. Repeated, because the document has no listener before its modules are loaded.
   */
  function greet() {
    ready = false;
    closeButton.hidden = false;
    clearInterval(greeting);
    let hellos = 0;
    greeting = setInterval(() => {
      if (hellos++ < MAX_HELLOS) return send({ type: 'open', open: !panel.hidden });
      clearInterval(greeting);
      frame?.remove(); // requested again when the chat is opened again
      frame = undefined;
      console.warn(`${origin} has no answer: is this site in its EMBED_ORIGINS?`);
    }, HELLO_INTERVAL_MS);
  }

  /** @param {MessageEvent} event */
  function onMessage({ source, origin: sender, data }) {
    if (!frame || source !== frame.contentWindow || sender !== origin) return;
    if (data?.product !== 'minimal-chatbot' || data.version !== 1) return;
    if (data.type === 'ready' && !ready) {
      ready = true;
      clearInterval(greeting);
      if (wantedTheme) send({ type: 'theme', theme: wantedTheme });
      if (wantedText) send({ type: 'prefill', text: wantedText });
      wantedText = ''; // not again after a reload: the page keeps it as a draft
      closeButton.hidden = true;
      const { activeElement } = document;
      const isFree = !activeElement || activeElement === document.body || activeElement === host;
      if (!panel.hidden && isFree) focus();
    } else if (data.type === 'close') close();
    else if (data.type === 'unread' && panel.hidden) {
      button.dataset.unread = '';
      button.ariaLabel = `${label} (1)`;
    }
  }

  /** @param {object} message */
  function send(message) {
    // Until the frame has loaded, it has the origin of this page, and the browser drops the message.
    frame?.contentWindow?.postMessage(
      { product: 'minimal-chatbot', version: 1, ...message },
      origin,
    );
  }

  /** Above the keyboard of a phone. */
  function fit() {
    panel.style.setProperty('--top', `${visualViewport?.offsetTop ?? 0}px`);
    panel.style.setProperty('--height', `${visualViewport?.height ?? innerHeight}px`);
  }

  function applyTheme() {
    host.toggleAttribute(
      'dark',
      wantedTheme === 'dark' || (wantedTheme !== 'light' && dark.matches),
    );
  }

  function icon() {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.ariaHidden = 'true';
    const path = document.createElementNS(svg.namespaceURI, 'path');
    path.setAttribute('d', ICON);
    svg.append(path);
    return svg;
  }
}
