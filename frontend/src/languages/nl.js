import { dialogs } from './dialogs/nl.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('nl');

const NEW_CHAT = 'Nieuwe chat';
const GENERAL = 'Er is iets misgegaan. Probeer het opnieuw.';
const TOO_LONG = 'Dit gesprek is te lang. Begin een nieuw gesprek.';
const MISMATCH = 'Deze pagina en de chatdienst passen niet bij elkaar. Laad de pagina opnieuw.';
const UNAUTHORISED = 'De chatdienst is niet bereikbaar (autorisatie vereist).';
const ORIGIN = 'Deze omgeving mag de chatdienst niet gebruiken.';
const RATE_LIMITED = 'Te veel verzoeken. Wacht even en probeer het opnieuw.';
const OVERLOADED = 'De chatdienst is bezet. Probeer het zo meteen opnieuw.';
const TIMEOUT = 'Het model doet er te lang over. Probeer het opnieuw.';
const byte = plural({ one: '# byte', other: '# bytes' });
const word = plural({ one: '# woord', other: '# woorden' });

/** Dutch, with “je”. @type {Texts} */
export const texts = {
  page: {
    language: 'nl',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Een eenvoudige, snelle chat. Gesprekken blijven in deze browser.',
    conversations: 'Gesprekken',
    conversation: 'Gesprek',
    newChat: NEW_CHAT,
    search: 'Zoeken',
    searchConversations: 'Gesprekken doorzoeken',
    settings: 'Instellingen',
    greeting: 'Waarmee kan ik helpen?',
    latest: 'Naar het einde',
    message: 'Bericht',
    messagePlaceholder: 'Stel een vraag',
    attach: 'Tekstbestanden toevoegen',
    send: 'Versturen',
    hint: {
      sendKey: 'Enter',
      send: 'om te versturen',
      lineKey: 'Shift+Enter',
      line: 'voor een nieuwe regel',
    },
    suggestions: 'Suggesties',
    suggestionTexts: [
      'Wat kun je?',
      'Vergelijk thee en koffie in een tabel',
      'Schrijf een haiku over beekjes',
    ],
    privacy: 'Gesprekken blijven in deze browser.',
    disclosure: '{{title}} is een AI en kan zich vergissen.',
    disclosureProvider: 'Berichten gaan naar {{provider}}.',
    notices: {
      notLoaded: 'Een deel van deze pagina kon niet worden geladen.',
      offline: 'Je bent offline. Wat je schrijft, blijft bewaard.',
      cleared: 'Deze browser heeft de gesprekken gewist die erin waren opgeslagen.',
      noScript: 'Deze chat werkt in de browser en heeft JavaScript nodig.',
    },
  },
  strings: {
    you: 'Jij',
    assistant: 'Assistent',
    send: 'Versturen',
    sendAfterAnswer: 'Versturen na dit antwoord',
    hintSend: 'om te versturen',
    hintAfterAnswer: 'om te versturen na dit antwoord',
    stop: 'Stoppen',
    newChat: NEW_CHAT,
    edit: 'Bewerken',
    editMessage: 'Bericht bewerken',
    cancel: 'Annuleren',
    reload: 'Opnieuw laden',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} KB`,
    offline: 'Geen verbinding',
    online: 'Weer online',
    spoken: {
      sent: 'Bericht verstuurd',
      answering: 'Antwoordt',
      stillAnswering: 'Antwoordt nog steeds',
      stopped: 'Gestopt',
      interrupted: 'Het antwoord is onderbroken',
      restarted: 'Het antwoord is opnieuw begonnen met een ander model',
      waking: 'De chatdienst wordt wakker',
    },
    errors: {
      general: GENERAL,
      offline: 'Je bent offline. Probeer het opnieuw zodra je verbinding hebt.',
    },
  },
  turns: {
    copyAnswer: 'Antwoord kopiëren',
    copied: 'Gekopieerd',
    notCopied: 'Kopiëren is niet gelukt',
    copyMessage: 'Bericht kopiëren',
    regenerate: 'Opnieuw genereren',
    readAloud: 'Voorlezen',
    stopReading: 'Stoppen met voorlezen',
    versions: 'Versies',
    previousVersion: 'Vorige versie',
    nextVersion: 'Volgende versie',
    version: (at, count) => `Versie ${at} van ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} van ${count}`,
    showAll: 'Alles tonen',
    showLess: 'Minder tonen',
    thinking: seconds => `Denkt na… ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s tot het eerste woord`,
      speed: rate => `${number(rate)} tokens/s`,
      tokens: plural({ one: '# token', other: '# tokens' }),
    },
  },
  storage: {
    notSaved:
      'In deze browser kunnen geen gesprekken worden opgeslagen. Ze blijven totdat je deze pagina sluit.',
    storageFull:
      'Deze browser heeft geen ruimte meer voor gesprekken: de laatste berichten zijn niet opgeslagen.',
    notRead: 'Deze browser kan sommige opgeslagen berichten niet lezen.',
  },
  sidebar: {
    moreFor: title => `Meer voor ‘${title}’`,
    noResults: 'Niets gevonden',
    periods: {
      pinned: 'Vastgezet',
      today: 'Vandaag',
      yesterday: 'Gisteren',
      previous7: 'Afgelopen 7 dagen',
      previous30: 'Afgelopen 30 dagen',
    },
    answering: 'Antwoordt',
  },
  endings: {
    waking: 'De chatdienst wordt wakker…',
    reconnecting: 'Opnieuw verbinden…',
    restarted: 'Het antwoord is opnieuw begonnen met een ander model.',
    continuationRestarted: 'De rest van het antwoord is opnieuw begonnen met een ander model.',
    notes: {
      stopped: 'Gestopt',
      interrupted: 'Onderbroken voordat het antwoord volledig was.',
      incomplete: 'Het antwoord is voortijdig geëindigd.',
      nothingAdded: 'Het model heeft niets toegevoegd.',
    },
    incompleteReasons: {
      max_output_tokens: 'Het antwoord heeft de maximale lengte bereikt.',
      content_filter: 'Het inhoudsfilter van de aanbieder heeft het antwoord beëindigd.',
      no_output: 'Het model heeft zonder tekst geantwoord.',
      cancelled: 'De aanbieder heeft het antwoord geannuleerd.',
      other: 'De aanbieder heeft het antwoord voortijdig beëindigd.',
    },
    failures: {
      broken_off: 'De verbinding is verbroken voordat het antwoord volledig was.',
      unreachable: 'De chatdienst is niet bereikbaar. Probeer het zo meteen opnieuw.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'Het verzoek is niet geldig.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Voer de toegangscode in.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Dit model is niet beschikbaar. Kies een ander model.',
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
      'De aanbieder van het model weigert het account of de instellingen van deze chatdienst. Alleen de beheerder kan dat veranderen.',
    copyRequestId: 'Verzoek-ID kopiëren',
    continue: 'Doorgaan',
    retry: 'Opnieuw proberen',
    retryIn: seconds =>
      `Opnieuw proberen over ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
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
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    failed: 'Mislukt',
    notCopied: 'Kopiëren mislukt',
    copyCode: name => (name ? `${name}-code kopiëren` : 'Code kopiëren'),
    code: name => (name ? `${name}-code` : 'Code'),
    lines: plural({ one: '# regel', other: '# regels' }),
    complete: words =>
      words > 0 ? `Antwoord voltooid, ${word(words)}` : 'Het antwoord bevat geen tekst',
    formula: 'Formule',
    done: 'Klaar',
    toDo: 'Te doen',
    table: columns => `Tabel: ${list(columns)}`,
    image: 'Afbeelding: ',
  },
  activity: {
    thinking: 'Denkt na',
    thought: 'Nagedacht',
    thoughtFor: time => `${time} nagedacht`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Redenering',
    shortened: 'Het begin is weggelaten.',
    searchingFor: 'Zoekt: ',
    searchingWeb: 'Zoekt op internet',
    reading: 'Leest ',
    searchingDocuments: 'Doorzoekt documenten',
    searchedFor: 'Gezocht: ',
    searchedWeb: 'Op internet gezocht',
    read: 'Gelezen: ',
    searchedDocuments: 'Documenten doorzocht',
    sources: count => `Bronnen (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
