import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/nl.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('nl');

const NOTHING = 'Er is niets geïmporteerd.';
const READABLE =
  'Exports van deze pagina, ChatGPT, Claude, LibreChat en Open WebUI kunnen worden geïmporteerd.';
const result = plural({ one: '# resultaat', other: '# resultaten' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Taalmodel',
    modelLeft: (model, other) =>
      `${model} is niet meer beschikbaar. Dit gesprek gaat verder met ${other}.`,
    webSearch: 'Zoeken op internet',
    webSearchTitle: 'Zoeken op internet: je vraag gaat ook naar een zoekmachine',
  },
  accessCode: {
    title: 'Toegangscode',
    description: 'Deze chat is voor mensen met een code. Je bericht blijft bewaard.',
    confirm: 'Doorgaan',
    cancel: 'Annuleren',
    wrong: 'Deze code is niet geldig.',
    tooMany: 'Te veel onjuiste codes. Wacht een minuut.',
    failed: 'De code kon niet worden gecontroleerd. Probeer het opnieuw.',
  },
  embed: { openInTab: 'Openen in een eigen tabblad', closeChat: 'Chat sluiten' },
  onDemand: {
    conversations: {
      rename: 'Naam wijzigen',
      export: 'Exporteren',
      exportTitle: title => `‘${title}’ exporteren`,
      exportMarkdown: 'Markdown, zoals getoond',
      sources: 'Bronnen',
      exportJson: 'JSON, met alle versies',
      titleField: 'Titel',
      pin: 'Vastzetten',
      unpin: 'Losmaken',
      remove: 'Verwijderen',
      removed: () => 'Gesprek verwijderd',
      removedAll: plural({ one: '# gesprek verwijderd', other: '# gesprekken verwijderd' }),
      removedElsewhere: () => 'Dit gesprek is in een ander tabblad verwijderd.',
      undo: 'Ongedaan maken',
      results: result,
    },
    waiting: {
      name: 'Wachtende berichten',
      waits: 'Wordt na dit antwoord verstuurd',
      edit: 'Bewerken',
      remove: 'Verwijderen',
      editText: text => `‘${text}’ bewerken`,
      removeText: text => `‘${text}’ verwijderen`,
      added: 'Je bericht wacht op het einde van dit antwoord',
      removed: 'Bericht verwijderd',
      returned: 'Niet verstuurd: je bericht staat weer in het vak',
    },
    attach: {
      attached: plural({ one: '# bestand toegevoegd', other: '# bestanden toegevoegd' }),
      notText: name => `${name} is geen tekstbestand.`,
      tooLarge: (name, most) => `${name} is groter dan ${number(most)} KB.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
    speech: {
      noVoice:
        'Niet voorgelezen: dit apparaat heeft geen eigen stem voor de taal van deze browser. Een andere stem zou het antwoord naar een dienst sturen.',
    },
    palette: {
      name: 'Opdrachten',
      placeholder: 'Gesprekken en opdrachten zoeken',
      results: 'Opdrachten en gesprekken',
      commands: 'Opdrachten',
      conversations: 'Gesprekken',
      yesterday: 'Gisteren',
      noResults: 'Niets gevonden',
      resultCount: result,
      sidebar: 'Gesprekken tonen of verbergen',
      editLast: 'Je laatste bericht bewerken',
      light: 'Licht thema',
      dark: 'Donker thema',
      system: 'Thema van het systeem gebruiken',
    },
    settings: {
      name: 'Instellingen',
      close: 'Sluiten',
      theme: 'Thema',
      themes: { system: 'Systeem', light: 'Licht', dark: 'Donker' },
      instructions: {
        name: 'Instructies voor het model',
        all: 'In alle gesprekken',
        here: 'In dit gesprek',
        placeholder: 'Wat het moet weten en hoe het moet antwoorden',
        count: (length, most) => `${number(length)} van ${number(most)} tekens`,
      },
      conversations: 'Gesprekken',
      exportAll: 'Alles exporteren',
      exportFailed: 'Het exporteren is niet voltooid.',
      import: 'Importeren',
      removeAll: 'Alles verwijderen',
      confirmRemoval: plural({
        one: 'Het gesprek verwijderen?',
        other: 'Alle # gesprekken verwijderen?',
      }),
      removalScope: 'Ze worden uit deze browser verwijderd, ook in de andere tabbladen.',
      cancel: 'Annuleren',
      spokenAnswers: 'Wat een schermlezer van een antwoord voorleest',
      spoken: { full: 'Alles', first: 'De eerste zin', complete: 'Alleen dat het volledig is' },
      keysName: 'Sneltoetsen',
      keys: {
        palette: 'Zoeken en opdrachten',
        newChat: 'Nieuwe chat',
        sidebar: 'Gesprekken tonen of verbergen',
        stop: 'Sluiten of stoppen',
        focusMessage: 'Naar het berichtvak',
        editLast: 'Je laatste bericht bewerken, zolang het vak leeg is',
        settings: 'Instellingen en sneltoetsen',
      },
    },
  },
  import: {
    placeholders: { image: 'Afbeelding', audio: 'Audio', file: 'Bestand' },
    progress: 'Bezig met importeren…',
    cancel: 'Importeren annuleren',
    failed: `Het importeren is niet voltooid. ${NOTHING}`,
    refused: {
      cancelled: () => `Importeren geannuleerd. ${NOTHING}`,
      damaged: file =>
        `${file} is geen export van gesprekken, of is beschadigd of onvolledig. ${NOTHING} Exporteer of download het bestand opnieuw.`,
      unknown: file => `Er staan geen gesprekken in ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} is een export van ${product}, die hier niet kan worden gelezen. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} is een export van versie ${version}, gemaakt door een nieuwere versie van deze pagina. ${NOTHING} Laad deze pagina opnieuw om haar bij te werken en probeer het dan opnieuw.`,
      zip: file =>
        `Er staan geen leesbare gesprekken in ${file}. ${NOTHING} Pak het bestand uit en kies de conversations.json erin.`,
      full: () =>
        `Deze browser heeft geen ruimte meer voor deze gesprekken. ${NOTHING} Verwijder enkele gesprekken of maak schijfruimte vrij.`,
      unsaved: () => `In deze browser kunnen geen gesprekken worden opgeslagen. ${NOTHING}`,
    },
    imported: plural({ one: '# gesprek geïmporteerd.', other: '# gesprekken geïmporteerd.' }),
    instructions: 'Je instructies voor het model zijn ook geïmporteerd.',
    known: plural({ one: '# daarvan was er al.', other: '# daarvan waren er al.' }),
    skipped: {
      empty: plural({
        one: '# overgeslagen: geen berichten.',
        other: '# overgeslagen: geen berichten.',
      }),
      unreadable: plural({
        one: '# overgeslagen: beschadigd.',
        other: '# overgeslagen: beschadigd.',
      }),
      tooLarge: plural({
        one: `# overgeslagen: groter dan ${MAX_CONVERSATION_MB} MB.`,
        other: `# overgeslagen: groter dan ${MAX_CONVERSATION_MB} MB.`,
      }),
    },
    omitted: plural({
      one: '# afbeelding of ander bestand weggelaten.',
      other: '# afbeeldingen of andere bestanden weggelaten.',
    }),
  },
  attachments,
};
