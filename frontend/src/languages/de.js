import { dialogs } from './dialogs/de.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('de');

const NEW_CHAT = 'Neuer Chat';
const GENERAL = 'Etwas ist schiefgelaufen. Bitte erneut versuchen.';
const TOO_LONG = 'Diese Unterhaltung ist zu lang. Bitte eine neue beginnen.';
const MISMATCH = 'Diese Seite und der Chatdienst passen nicht zusammen. Bitte die Seite neu laden.';
const UNAUTHORISED = 'Der Chatdienst ist nicht erreichbar (Autorisierung erforderlich).';
const ORIGIN = 'Diese Umgebung darf den Chatdienst nicht verwenden.';
const RATE_LIMITED = 'Zu viele Anfragen. Bitte kurz warten und erneut versuchen.';
const OVERLOADED = 'Der Chatdienst ist ausgelastet. Bitte gleich erneut versuchen.';
const TIMEOUT = 'Das Modell braucht zu lange. Bitte erneut versuchen.';
const byte = plural({ one: '# Byte', other: '# Byte' });
const word = plural({ one: '# Wort', other: '# Wörter' });

/** German, without an address: neither “du” nor “Sie”. @type {Texts} */
export const texts = {
  page: {
    language: 'de',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Ein kleiner, schneller Chat. Unterhaltungen bleiben in diesem Browser.',
    conversations: 'Unterhaltungen',
    conversation: 'Unterhaltung',
    newChat: NEW_CHAT,
    search: 'Suchen',
    searchConversations: 'Unterhaltungen durchsuchen',
    settings: 'Einstellungen',
    greeting: 'Wobei kann ich helfen?',
    latest: 'Zum Ende',
    message: 'Nachricht',
    messagePlaceholder: 'Eine Frage stellen',
    attach: 'Textdateien anhängen',
    send: 'Senden',
    hint: {
      sendKey: 'Enter',
      send: 'zum Senden',
      lineKey: 'Umschalt+Enter',
      line: 'für eine neue Zeile',
    },
    suggestions: 'Vorschläge',
    suggestionTexts: [
      'Was kannst du?',
      'Tee und Kaffee in einer Tabelle vergleichen',
      'Ein Haiku über Bäche schreiben',
    ],
    privacy: 'Unterhaltungen bleiben in diesem Browser.',
    disclosure: '{{title}} ist eine KI und kann sich irren.',
    disclosureProvider: 'Nachrichten gehen an {{provider}}.',
    notices: {
      notLoaded: 'Ein Teil dieser Seite konnte nicht geladen werden.',
      offline: 'Keine Verbindung. Was geschrieben wird, bleibt erhalten.',
      cleared: 'Dieser Browser hat die darin gespeicherten Unterhaltungen gelöscht.',
      noScript: 'Dieser Chat läuft im Browser und benötigt JavaScript.',
    },
  },
  strings: {
    you: 'Eigene Nachricht',
    assistant: 'Assistent',
    send: 'Senden',
    sendAfterAnswer: 'Nach dieser Antwort senden',
    hintSend: 'zum Senden',
    hintAfterAnswer: 'zum Senden nach dieser Antwort',
    stop: 'Stoppen',
    newChat: NEW_CHAT,
    edit: 'Bearbeiten',
    editMessage: 'Nachricht bearbeiten',
    cancel: 'Abbrechen',
    reload: 'Neu laden',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} KB`,
    offline: 'Offline',
    online: 'Wieder online',
    spoken: {
      sent: 'Nachricht gesendet',
      answering: 'Antwortet',
      stillAnswering: 'Antwortet noch',
      stopped: 'Gestoppt',
      interrupted: 'Die Antwort wurde unterbrochen',
      restarted: 'Die Antwort hat mit einem anderen Modell neu begonnen',
      waking: 'Der Chatdienst wacht auf',
    },
    errors: {
      general: GENERAL,
      offline: 'Keine Verbindung. Bitte erneut versuchen, sobald sie wieder besteht.',
    },
  },
  turns: {
    copyAnswer: 'Antwort kopieren',
    copied: 'Kopiert',
    notCopied: 'Kopieren nicht möglich',
    copyMessage: 'Nachricht kopieren',
    regenerate: 'Neu generieren',
    readAloud: 'Vorlesen',
    stopReading: 'Vorlesen beenden',
    versions: 'Versionen',
    previousVersion: 'Vorherige Version',
    nextVersion: 'Nächste Version',
    version: (at, count) => `Version ${at} von ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} von ${count}`,
    showAll: 'Alles anzeigen',
    showLess: 'Weniger anzeigen',
    thinking: seconds => `Denkt nach … ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s bis zum ersten Wort`,
      speed: rate => `${number(rate)} T/s`,
      tokens: plural({ one: '# Token', other: '# Tokens' }),
    },
  },
  storage: {
    notSaved:
      'Dieser Browser lässt das Speichern von Unterhaltungen nicht zu. Sie bleiben, bis diese Seite geschlossen wird.',
    storageFull:
      'Dieser Browser hat keinen Platz mehr für Unterhaltungen: Die letzten Nachrichten sind nicht gespeichert.',
    notRead: 'Dieser Browser kann einige der gespeicherten Nachrichten nicht lesen.',
  },
  sidebar: {
    moreFor: title => `Mehr zu „${title}“`,
    noResults: 'Nichts gefunden',
    periods: {
      pinned: 'Angeheftet',
      today: 'Heute',
      yesterday: 'Gestern',
      previous7: 'Letzte 7 Tage',
      previous30: 'Letzte 30 Tage',
    },
    answering: 'Antwortet',
  },
  endings: {
    waking: 'Der Chatdienst wacht auf …',
    reconnecting: 'Verbindung wird wiederhergestellt …',
    restarted: 'Die Antwort hat mit einem anderen Modell neu begonnen.',
    continuationRestarted: 'Der Rest der Antwort hat mit einem anderen Modell neu begonnen.',
    notes: {
      stopped: 'Gestoppt',
      interrupted: 'Unterbrochen, bevor die Antwort vollständig war.',
      incomplete: 'Die Antwort endete vorzeitig.',
      nothingAdded: 'Das Modell hat nichts hinzugefügt.',
    },
    incompleteReasons: {
      max_output_tokens: 'Die Antwort hat ihre maximale Länge erreicht.',
      content_filter: 'Der Inhaltsfilter des Anbieters hat die Antwort beendet.',
      no_output: 'Das Modell hat ohne Text geantwortet.',
      cancelled: 'Der Anbieter hat die Antwort abgebrochen.',
      other: 'Der Anbieter hat die Antwort vorzeitig beendet.',
    },
    failures: {
      broken_off: 'Die Verbindung brach ab, bevor die Antwort vollständig war.',
      unreachable: 'Der Chatdienst ist nicht erreichbar. Bitte gleich erneut versuchen.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'Die Anfrage ist ungültig.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Bitte den Zugangscode eingeben.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Dieses Modell ist nicht verfügbar. Bitte ein anderes wählen.',
      resume_conflict: GENERAL,
      payload_too_large: TOO_LONG,
      context_too_long: TOO_LONG,
      rate_limited: RATE_LIMITED,
      overloaded: OVERLOADED,
      timeout: TIMEOUT,
      provider_error: GENERAL,
      internal: GENERAL,
    },
    accountRefused:
      'Der Anbieter des Modells lehnt das Konto oder die Einstellungen dieses Chatdienstes ab. Nur der Betreiber kann das ändern.',
    copyRequestId: 'Anfrage-ID kopieren',
    continue: 'Fortsetzen',
    retry: 'Erneut versuchen',
    retryIn: seconds =>
      `Erneut versuchen in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
  },
  responseErrors: {
    unauthorised: UNAUTHORISED,
    originNotAllowed: ORIGIN,
    tooLong: TOO_LONG,
    rateLimited: RATE_LIMITED,
    overloaded: OVERLOADED,
    timeout: TIMEOUT,
  },
  render: {
    copy: 'Kopieren',
    copied: 'Kopiert',
    failed: 'Fehlgeschlagen',
    notCopied: 'Kopieren fehlgeschlagen',
    copyCode: name => (name ? `${name}-Code kopieren` : 'Code kopieren'),
    code: name => (name ? `${name}-Code` : 'Code'),
    lines: plural({ one: '# Zeile', other: '# Zeilen' }),
    complete: words =>
      words > 0 ? `Antwort vollständig, ${word(words)}` : 'Die Antwort hat keinen Text',
    formula: 'Formel',
    done: 'Erledigt',
    toDo: 'Zu erledigen',
    table: columns => `Tabelle: ${list(columns)}`,
    image: 'Bild: ',
  },
  activity: {
    thinking: 'Denkt nach',
    thought: 'Nachgedacht',
    thoughtFor: time => `${time} nachgedacht`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Gedankengang',
    shortened: 'Der Anfang ist ausgelassen.',
    searchingFor: 'Sucht: ',
    searchingWeb: 'Durchsucht das Web',
    reading: 'Liest ',
    searchingDocuments: 'Durchsucht Dokumente',
    searchedFor: 'Gesucht: ',
    searchedWeb: 'Web durchsucht',
    read: 'Gelesen: ',
    searchedDocuments: 'Dokumente durchsucht',
    sources: count => `Quellen (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
