import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/it.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('it');

const NOTHING = 'Non è stato importato nulla.';
const READABLE =
  'Si possono importare le esportazioni di questa pagina, ChatGPT, Claude, LibreChat e Open WebUI.';
const result = plural({ one: '# risultato', other: '# risultati' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Modello',
    modelLeft: (model, other) =>
      `${model} non è più disponibile. Questa conversazione continua con ${other}.`,
    webSearch: 'Cerca sul web',
    webSearchTitle: 'Cerca sul web: la tua domanda viene inviata anche a un motore di ricerca',
  },
  accessCode: {
    title: 'Codice di accesso',
    description: 'Questa chat è per chi ha un codice. Il tuo messaggio viene conservato.',
    confirm: 'Continua',
    cancel: 'Annulla',
    wrong: 'Questo codice non è valido.',
    tooMany: 'Troppi codici errati. Attendi un minuto.',
    failed: 'Non è stato possibile verificare il codice. Riprova.',
  },
  embed: { openInTab: 'Apri in una scheda separata', closeChat: 'Chiudi la chat' },
  onDemand: {
    conversations: {
      rename: 'Rinomina',
      export: 'Esporta',
      exportTitle: title => `Esporta «${title}»`,
      exportMarkdown: 'Markdown, come visualizzato',
      sources: 'Fonti',
      exportJson: 'JSON, con tutte le versioni',
      titleField: 'Titolo',
      pin: 'Fissa',
      unpin: 'Rimuovi dai fissati',
      remove: 'Elimina',
      removed: () => 'Conversazione eliminata',
      removedAll: plural({ one: '# conversazione eliminata', other: '# conversazioni eliminate' }),
      removedElsewhere: () => 'Questa conversazione è stata eliminata in un’altra scheda.',
      undo: 'Annulla',
      results: result,
    },
    waiting: {
      name: 'Messaggi in attesa',
      waits: 'Verrà inviato dopo questa risposta',
      edit: 'Modifica',
      remove: 'Rimuovi',
      editText: text => `Modifica «${text}»`,
      removeText: text => `Rimuovi «${text}»`,
      added: 'Il tuo messaggio attende la fine di questa risposta',
      removed: 'Messaggio rimosso',
      returned: 'Non inviato: il tuo messaggio è di nuovo nel campo',
    },
    attach: {
      attached: plural({ one: '# file allegato', other: '# file allegati' }),
      notText: name => `${name} non è un file di testo.`,
      tooLarge: (name, most) => `${name} supera ${number(most)} KB.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Maiusc', escape: 'Esc' },
    speech: {
      noVoice:
        'Lettura non possibile: questo dispositivo non ha una voce propria per la lingua di questo browser. Un’altra voce invierebbe la risposta a un servizio.',
    },
    palette: {
      name: 'Comandi',
      placeholder: 'Cerca conversazioni e comandi',
      results: 'Comandi e conversazioni',
      commands: 'Comandi',
      conversations: 'Conversazioni',
      yesterday: 'Ieri',
      noResults: 'Nessun risultato',
      resultCount: result,
      sidebar: 'Mostra o nascondi le conversazioni',
      editLast: 'Modifica il tuo ultimo messaggio',
      light: 'Tema chiaro',
      dark: 'Tema scuro',
      system: 'Usa il tema del sistema',
    },
    settings: {
      name: 'Impostazioni',
      close: 'Chiudi',
      theme: 'Tema',
      themes: { system: 'Sistema', light: 'Chiaro', dark: 'Scuro' },
      instructions: {
        name: 'Istruzioni per il modello',
        all: 'In tutte le conversazioni',
        here: 'In questa conversazione',
        placeholder: 'Che cosa deve sapere e come deve rispondere',
        count: (length, most) => `${number(length)} di ${number(most)} caratteri`,
      },
      conversations: 'Conversazioni',
      exportAll: 'Esporta tutto',
      exportFailed: 'L’esportazione non è terminata.',
      import: 'Importa',
      removeAll: 'Elimina tutto',
      confirmRemoval: plural({
        one: 'Eliminare la conversazione?',
        other: 'Eliminare tutte le # conversazioni?',
      }),
      removalScope: 'Vengono eliminate da questo browser, anche nelle altre schede.',
      cancel: 'Annulla',
      spokenAnswers: 'Che cosa legge uno screen reader di una risposta',
      spoken: { full: 'Tutto', first: 'La prima frase', complete: 'Solo che è completa' },
      keysName: 'Scorciatoie da tastiera',
      keys: {
        palette: 'Ricerca e comandi',
        newChat: 'Nuova chat',
        sidebar: 'Mostra o nascondi le conversazioni',
        stop: 'Chiudi o interrompi',
        focusMessage: 'Vai al campo del messaggio',
        editLast: 'Modifica il tuo ultimo messaggio, se il campo è vuoto',
        settings: 'Impostazioni e scorciatoie da tastiera',
      },
    },
  },
  import: {
    placeholders: { image: 'Immagine', audio: 'Audio', file: 'File' },
    progress: 'Importazione…',
    cancel: 'Annulla importazione',
    failed: `L’importazione non è terminata. ${NOTHING}`,
    refused: {
      cancelled: () => `Importazione annullata. ${NOTHING}`,
      damaged: file =>
        `${file} non è un’esportazione di conversazioni, oppure è danneggiato o incompleto. ${NOTHING} Esportalo o scaricalo di nuovo.`,
      unknown: file => `Non ci sono conversazioni in ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} è un’esportazione di ${product}, che qui non può essere letta. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} è un’esportazione della versione ${version}, scritta da una versione più recente di questa pagina. ${NOTHING} Ricarica questa pagina per aggiornarla, poi riprova.`,
      zip: file =>
        `Non ci sono conversazioni leggibili in ${file}. ${NOTHING} Decomprimi il file e scegli il suo conversations.json.`,
      full: () =>
        `Questo browser non ha più spazio per queste conversazioni. ${NOTHING} Elimina alcune conversazioni o libera spazio su disco.`,
      unsaved: () => `Questo browser non consente di salvare le conversazioni. ${NOTHING}`,
    },
    imported: plural({ one: '# conversazione importata.', other: '# conversazioni importate.' }),
    instructions: 'Sono state importate anche le tue istruzioni per il modello.',
    known: plural({ one: '# era già presente.', other: '# erano già presenti.' }),
    skipped: {
      empty: plural({
        one: '# ignorata: nessun messaggio.',
        other: '# ignorate: nessun messaggio.',
      }),
      unreadable: plural({ one: '# ignorata: danneggiata.', other: '# ignorate: danneggiate.' }),
      tooLarge: plural({
        one: `# ignorata: supera ${MAX_CONVERSATION_MB} MB.`,
        other: `# ignorate: superano ${MAX_CONVERSATION_MB} MB.`,
      }),
    },
    omitted: plural({
      one: '# immagine o altro file non incluso.',
      other: '# immagini o altri file non inclusi.',
    }),
  },
  attachments,
};
