import { dialogs } from './dialogs/it.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('it');

const NEW_CHAT = 'Nuova chat';
const GENERAL = 'Qualcosa è andato storto. Riprova.';
const TOO_LONG = 'Questa conversazione è troppo lunga. Iniziane una nuova.';
const MISMATCH = 'Questa pagina e il servizio di chat non corrispondono. Ricarica la pagina.';
const UNAUTHORISED = 'Impossibile accedere al servizio di chat (autorizzazione richiesta).';
const ORIGIN = 'Questo ambiente non è autorizzato a usare il servizio di chat.';
const RATE_LIMITED = 'Troppe richieste. Attendi un momento e riprova.';
const OVERLOADED = 'Il servizio di chat è sovraccarico. Riprova tra poco.';
const TIMEOUT = 'Il modello impiega troppo tempo. Riprova.';
const byte = plural({ one: '# byte', other: '# byte' });
const word = plural({ one: '# parola', other: '# parole' });

/** Italian, with “tu”. @type {Texts} */
export const texts = {
  page: {
    language: 'it',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Una chat semplice e veloce. Le conversazioni restano in questo browser.',
    conversations: 'Conversazioni',
    conversation: 'Conversazione',
    newChat: NEW_CHAT,
    search: 'Cerca',
    searchConversations: 'Cerca nelle conversazioni',
    settings: 'Impostazioni',
    greeting: 'Come posso aiutarti?',
    latest: 'Vai alla fine',
    message: 'Messaggio',
    messagePlaceholder: 'Chiedi qualsiasi cosa',
    attach: 'Allega file di testo',
    send: 'Invia',
    hint: {
      sendKey: 'Invio',
      send: 'per inviare',
      lineKey: 'Maiusc+Invio',
      line: 'per andare a capo',
    },
    suggestions: 'Suggerimenti',
    suggestionTexts: [
      'Che cosa sai fare?',
      'Confronta tè e caffè in una tabella',
      'Scrivi un haiku sui ruscelli',
    ],
    privacy: 'Le conversazioni restano in questo browser.',
    disclosure: '{{title}} è un’IA e può sbagliare.',
    disclosureProvider: 'I messaggi vengono inviati a {{provider}}.',
    notices: {
      notLoaded: 'Non è stato possibile caricare una parte di questa pagina.',
      offline: 'Sei offline. Quello che scrivi viene conservato.',
      cleared: 'Questo browser ha cancellato le conversazioni che vi erano salvate.',
      noScript: 'Questa chat funziona nel browser e richiede JavaScript.',
    },
  },
  strings: {
    you: 'Tu',
    assistant: 'Assistente',
    send: 'Invia',
    sendAfterAnswer: 'Invia dopo questa risposta',
    hintSend: 'per inviare',
    hintAfterAnswer: 'per inviare dopo questa risposta',
    stop: 'Interrompi',
    newChat: NEW_CHAT,
    edit: 'Modifica',
    editMessage: 'Modifica messaggio',
    cancel: 'Annulla',
    reload: 'Ricarica',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} KB`,
    offline: 'Non in linea',
    online: 'Di nuovo online',
    spoken: {
      sent: 'Messaggio inviato',
      answering: 'Risposta in corso',
      stillAnswering: 'Risposta ancora in corso',
      stopped: 'Interrotta',
      interrupted: 'La risposta è stata interrotta',
      restarted: 'La risposta è ricominciata con un altro modello',
      waking: 'Il servizio di chat si sta riattivando',
    },
    errors: { general: GENERAL, offline: 'Sei offline. Riprova quando sei di nuovo connesso.' },
  },
  turns: {
    copyAnswer: 'Copia risposta',
    copied: 'Copiato',
    notCopied: 'Impossibile copiare',
    copyMessage: 'Copia messaggio',
    regenerate: 'Rigenera',
    readAloud: 'Leggi ad alta voce',
    stopReading: 'Interrompi la lettura',
    versions: 'Versioni',
    previousVersion: 'Versione precedente',
    nextVersion: 'Versione successiva',
    version: (at, count) => `Versione ${at} di ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} di ${count}`,
    showAll: 'Mostra tutto',
    showLess: 'Mostra meno',
    thinking: seconds => `Sto pensando… ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s alla prima parola`,
      speed: rate => `${number(rate)} token/s`,
      tokens: plural({ one: '# token', other: '# token' }),
    },
  },
  storage: {
    notSaved:
      'Questo browser non consente di salvare le conversazioni. Restano finché non chiudi questa pagina.',
    storageFull:
      'Questo browser non ha più spazio per le conversazioni: gli ultimi messaggi non sono salvati.',
    notRead: 'Questo browser non riesce a leggere alcuni dei messaggi salvati.',
  },
  sidebar: {
    moreFor: title => `Altre opzioni per «${title}»`,
    noResults: 'Nessun risultato',
    periods: {
      pinned: 'Fissate',
      today: 'Oggi',
      yesterday: 'Ieri',
      previous7: 'Ultimi 7 giorni',
      previous30: 'Ultimi 30 giorni',
    },
    answering: 'Risposta in corso',
  },
  endings: {
    waking: 'Il servizio di chat si sta riattivando…',
    reconnecting: 'Riconnessione…',
    restarted: 'La risposta è ricominciata con un altro modello.',
    continuationRestarted: 'Il resto della risposta è ricominciato con un altro modello.',
    notes: {
      stopped: 'Interrotta',
      interrupted: 'Interrotta prima che la risposta fosse completa.',
      incomplete: 'La risposta è terminata in anticipo.',
      nothingAdded: 'Il modello non ha aggiunto nulla.',
    },
    incompleteReasons: {
      max_output_tokens: 'La risposta ha raggiunto la lunghezza massima.',
      content_filter: 'Il filtro dei contenuti del fornitore ha terminato la risposta.',
      no_output: 'Il modello ha risposto senza testo.',
      cancelled: 'Il fornitore ha annullato la risposta.',
      other: 'Il fornitore ha terminato la risposta in anticipo.',
    },
    failures: {
      broken_off: 'La connessione si è interrotta prima che la risposta fosse completa.',
      unreachable: 'Il servizio di chat non è raggiungibile. Riprova tra poco.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'La richiesta non è valida.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Inserisci il codice di accesso.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Questo modello non è disponibile. Scegline un altro.',
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
      'Il fornitore del modello rifiuta l’account o le impostazioni di questo servizio di chat. Solo il gestore può cambiarle.',
    copyRequestId: 'Copia l’ID della richiesta',
    continue: 'Continua',
    retry: 'Riprova',
    retryIn: seconds =>
      `Riprova tra ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
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
    copy: 'Copia',
    copied: 'Copiato',
    failed: 'Non riuscito',
    notCopied: 'Copia non riuscita',
    copyCode: name => (name ? `Copia codice ${name}` : 'Copia codice'),
    code: name => (name ? `Codice ${name}` : 'Codice'),
    lines: plural({ one: '# riga', other: '# righe' }),
    complete: words =>
      words > 0 ? `Risposta completa, ${word(words)}` : 'La risposta non contiene testo',
    formula: 'Formula matematica',
    done: 'Fatto',
    toDo: 'Da fare',
    table: columns => `Tabella: ${list(columns)}`,
    image: 'Immagine: ',
  },
  activity: {
    thinking: 'Sto pensando',
    thought: 'Ragionamento concluso',
    thoughtFor: time => `Ha ragionato per ${time}`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Ragionamento',
    shortened: 'L’inizio è omesso.',
    searchingFor: 'Ricerca: ',
    searchingWeb: 'Ricerca sul web in corso',
    reading: 'Lettura di ',
    searchingDocuments: 'Ricerca nei documenti in corso',
    searchedFor: 'Ha cercato: ',
    searchedWeb: 'Ha cercato sul web',
    read: 'Ha letto ',
    searchedDocuments: 'Ha cercato nei documenti',
    sources: count => `Fonti (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
