import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/de.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('de');

const NOTHING = 'Es wurde nichts importiert.';
const READABLE =
  'Importiert werden können Exporte dieser Seite, von ChatGPT, Claude, LibreChat und Open WebUI.';
const result = plural({ one: '# Ergebnis', other: '# Ergebnisse' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Modell',
    modelLeft: (model, other) =>
      `${model} ist nicht mehr verfügbar. Diese Unterhaltung geht mit ${other} weiter.`,
    webSearch: 'Im Web suchen',
    webSearchTitle: 'Im Web suchen: Die Frage geht auch an eine Suchmaschine',
  },
  accessCode: {
    title: 'Zugangscode',
    description: 'Dieser Chat ist für alle, die einen Code haben. Die Nachricht bleibt erhalten.',
    confirm: 'Weiter',
    cancel: 'Abbrechen',
    wrong: 'Dieser Code ist nicht gültig.',
    tooMany: 'Zu viele falsche Codes. Bitte eine Minute warten.',
    failed: 'Der Code konnte nicht geprüft werden. Bitte erneut versuchen.',
  },
  embed: { openInTab: 'In eigenem Tab öffnen', closeChat: 'Chat schließen' },
  onDemand: {
    conversations: {
      rename: 'Umbenennen',
      export: 'Exportieren',
      exportTitle: title => `„${title}“ exportieren`,
      exportMarkdown: 'Markdown, wie angezeigt',
      sources: 'Quellen',
      exportJson: 'JSON, mit allen Versionen',
      titleField: 'Titel',
      pin: 'Anheften',
      unpin: 'Lösen',
      remove: 'Löschen',
      removed: () => 'Unterhaltung gelöscht',
      removedAll: plural({ one: '# Unterhaltung gelöscht', other: '# Unterhaltungen gelöscht' }),
      removedElsewhere: () => 'Diese Unterhaltung wurde in einem anderen Tab gelöscht.',
      undo: 'Rückgängig',
      results: result,
    },
    waiting: {
      name: 'Wartende Nachrichten',
      waits: 'Wird nach dieser Antwort gesendet',
      edit: 'Bearbeiten',
      remove: 'Entfernen',
      editText: text => `„${text}“ bearbeiten`,
      removeText: text => `„${text}“ entfernen`,
      added: 'Die Nachricht wartet auf das Ende dieser Antwort',
      removed: 'Nachricht entfernt',
      returned: 'Nicht gesendet: Die Nachricht steht wieder im Feld',
    },
    attach: {
      attached: plural({ one: '# Datei angehängt', other: '# Dateien angehängt' }),
      notText: name => `${name} ist keine Textdatei.`,
      tooLarge: (name, most) => `${name} ist größer als ${number(most)} KB.`,
    },
    keyNames: { control: 'Strg', shift: 'Umschalt', escape: 'Esc' },
    speech: {
      noVoice:
        'Nicht vorgelesen: Dieses Gerät hat keine eigene Stimme für die Sprache dieses Browsers. Eine andere Stimme würde die Antwort an einen Dienst senden.',
    },
    palette: {
      name: 'Befehle',
      placeholder: 'Unterhaltungen und Befehle suchen',
      results: 'Befehle und Unterhaltungen',
      commands: 'Befehle',
      conversations: 'Unterhaltungen',
      yesterday: 'Gestern',
      noResults: 'Nichts gefunden',
      resultCount: result,
      sidebar: 'Unterhaltungen ein- oder ausblenden',
      editLast: 'Letzte Nachricht bearbeiten',
      light: 'Helles Design',
      dark: 'Dunkles Design',
      system: 'Design des Systems verwenden',
    },
    settings: {
      name: 'Einstellungen',
      close: 'Schließen',
      theme: 'Design',
      themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
      instructions: {
        name: 'Anweisungen für das Modell',
        all: 'In allen Unterhaltungen',
        here: 'In dieser Unterhaltung',
        placeholder: 'Was es wissen und wie es antworten soll',
        count: (length, most) => `${number(length)} von ${number(most)} Zeichen`,
      },
      conversations: 'Unterhaltungen',
      exportAll: 'Alle exportieren',
      exportFailed: 'Der Export wurde nicht abgeschlossen.',
      import: 'Importieren',
      removeAll: 'Alle löschen',
      confirmRemoval: plural({
        one: 'Die Unterhaltung löschen?',
        other: 'Alle # Unterhaltungen löschen?',
      }),
      removalScope: 'Sie werden aus diesem Browser gelöscht, auch in seinen anderen Tabs.',
      cancel: 'Abbrechen',
      spokenAnswers: 'Was ein Screenreader von einer Antwort vorliest',
      spoken: {
        full: 'Alles',
        first: 'Den ersten Satz',
        complete: 'Nur, dass sie vollständig ist',
      },
      keysName: 'Tastenkürzel',
      keys: {
        palette: 'Suche und Befehle',
        newChat: 'Neuer Chat',
        sidebar: 'Unterhaltungen ein- oder ausblenden',
        stop: 'Schließen oder stoppen',
        focusMessage: 'Zum Nachrichtenfeld',
        editLast: 'Letzte Nachricht bearbeiten, solange das Feld leer ist',
        settings: 'Einstellungen und Tastenkürzel',
      },
    },
  },
  import: {
    placeholders: { image: 'Bild', audio: 'Audio', file: 'Datei' },
    progress: 'Wird importiert …',
    cancel: 'Import abbrechen',
    failed: `Der Import wurde nicht abgeschlossen. ${NOTHING}`,
    refused: {
      cancelled: () => `Import abgebrochen. ${NOTHING}`,
      damaged: file =>
        `${file} ist kein Export von Unterhaltungen, oder er ist beschädigt oder unvollständig. ${NOTHING} Bitte erneut exportieren oder herunterladen.`,
      unknown: file => `In ${file} sind keine Unterhaltungen. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} ist ein Export von ${product}, der hier nicht gelesen werden kann. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} ist ein Export der Version ${version}, den eine neuere Version dieser Seite geschrieben hat. ${NOTHING} Bitte diese Seite neu laden, um sie zu aktualisieren, und es dann erneut versuchen.`,
      zip: file =>
        `In ${file} sind keine lesbaren Unterhaltungen. ${NOTHING} Bitte die Datei entpacken und deren conversations.json wählen.`,
      full: () =>
        `Dieser Browser hat keinen Platz mehr für diese Unterhaltungen. ${NOTHING} Bitte einige Unterhaltungen löschen oder Speicherplatz freigeben.`,
      unsaved: () => `Dieser Browser lässt das Speichern von Unterhaltungen nicht zu. ${NOTHING}`,
    },
    imported: plural({ one: '# Unterhaltung importiert.', other: '# Unterhaltungen importiert.' }),
    instructions: 'Die Anweisungen für das Modell wurden ebenfalls importiert.',
    known: plural({ one: '# davon war schon hier.', other: '# davon waren schon hier.' }),
    skipped: {
      empty: plural({
        one: '# übersprungen: ohne Nachrichten.',
        other: '# übersprungen: ohne Nachrichten.',
      }),
      unreadable: plural({
        one: '# übersprungen: beschädigt.',
        other: '# übersprungen: beschädigt.',
      }),
      tooLarge: plural({
        one: `# übersprungen: größer als ${MAX_CONVERSATION_MB} MB.`,
        other: `# übersprungen: größer als ${MAX_CONVERSATION_MB} MB.`,
      }),
    },
    omitted: plural({
      one: '# Bild oder andere Datei ausgelassen.',
      other: '# Bilder oder andere Dateien ausgelassen.',
    }),
  },
  attachments,
};
