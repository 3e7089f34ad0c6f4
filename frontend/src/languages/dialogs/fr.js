import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/fr.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('fr');

const NOTHING = 'Rien n’a été importé.';
const READABLE =
  'Les exports de cette page, de ChatGPT, de Claude, de LibreChat et d’Open WebUI peuvent être importés.';
const result = plural({ one: '# résultat', other: '# résultats' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Modèle',
    modelLeft: (model, other) =>
      `${model} n’est plus disponible. Cette conversation se poursuit avec ${other}.`,
    webSearch: 'Rechercher sur le Web',
    webSearchTitle:
      'Rechercher sur le Web : votre question est aussi transmise à un moteur de recherche',
  },
  accessCode: {
    title: 'Code d’accès',
    description: 'Ce chat est réservé aux personnes qui ont un code. Votre message est conservé.',
    confirm: 'Continuer',
    cancel: 'Annuler',
    wrong: 'Ce code n’est pas valide.',
    tooMany: 'Trop de codes erronés. Veuillez patienter une minute.',
    failed: 'Le code n’a pas pu être vérifié. Veuillez réessayer.',
  },
  embed: { openInTab: 'Ouvrir dans un nouvel onglet', closeChat: 'Fermer le chat' },
  onDemand: {
    conversations: {
      rename: 'Renommer',
      export: 'Exporter',
      exportTitle: title => `Exporter « ${title} »`,
      exportMarkdown: 'Markdown, tel qu’affiché',
      sources: 'Sources',
      exportJson: 'JSON, avec toutes les versions',
      titleField: 'Titre',
      pin: 'Épingler',
      unpin: 'Désépingler',
      remove: 'Supprimer',
      removed: () => 'Conversation supprimée',
      removedAll: plural({ one: '# conversation supprimée', other: '# conversations supprimées' }),
      removedElsewhere: () => 'Cette conversation a été supprimée dans un autre onglet.',
      undo: 'Rétablir',
      results: result,
    },
    waiting: {
      name: 'Messages en attente',
      waits: 'Envoyé après cette réponse',
      edit: 'Modifier',
      remove: 'Retirer',
      editText: text => `Modifier « ${text} »`,
      removeText: text => `Retirer « ${text} »`,
      added: 'Votre message attend la fin de cette réponse',
      removed: 'Message retiré',
      returned: 'Non envoyé : votre message est de nouveau dans le champ',
    },
    attach: {
      attached: plural({ one: '# fichier joint', other: '# fichiers joints' }),
      notText: name => `${name} n’est pas un fichier texte.`,
      tooLarge: (name, most) => `${name} dépasse ${number(most)} Ko.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Maj', escape: 'Échap' },
    speech: {
      noVoice:
        'Lecture impossible : cet appareil n’a pas de voix intégrée pour la langue de ce navigateur. Une autre voix enverrait la réponse à un service.',
    },
    palette: {
      name: 'Commandes',
      placeholder: 'Rechercher des conversations et des commandes',
      results: 'Commandes et conversations',
      commands: 'Commandes',
      conversations: 'Conversations',
      yesterday: 'Hier',
      noResults: 'Aucun résultat',
      resultCount: result,
      sidebar: 'Afficher ou masquer les conversations',
      editLast: 'Modifier votre dernier message',
      light: 'Thème clair',
      dark: 'Thème sombre',
      system: 'Utiliser le thème du système',
    },
    settings: {
      name: 'Paramètres',
      close: 'Fermer',
      theme: 'Thème',
      themes: { system: 'Système', light: 'Clair', dark: 'Sombre' },
      instructions: {
        name: 'Instructions pour le modèle',
        all: 'Dans toutes les conversations',
        here: 'Dans cette conversation',
        placeholder: 'Ce qu’il doit savoir et comment il doit répondre',
        count: (length, most) => `${number(length)} caractères sur ${number(most)}`,
      },
      conversations: 'Conversations',
      exportAll: 'Tout exporter',
      exportFailed: 'L’exportation ne s’est pas terminée.',
      import: 'Importer',
      removeAll: 'Tout supprimer',
      confirmRemoval: plural({
        one: 'Supprimer la conversation ?',
        other: 'Supprimer les # conversations ?',
      }),
      removalScope: 'Elles sont supprimées de ce navigateur, y compris dans ses autres onglets.',
      cancel: 'Annuler',
      spokenAnswers: 'Ce qu’un lecteur d’écran lit d’une réponse',
      spoken: {
        full: 'Toute la réponse',
        first: 'Sa première phrase',
        complete: 'Seulement qu’elle est terminée',
      },
      keysName: 'Raccourcis clavier',
      keys: {
        palette: 'Recherche et commandes',
        newChat: 'Nouvelle discussion',
        sidebar: 'Afficher ou masquer les conversations',
        stop: 'Fermer ou arrêter',
        focusMessage: 'Aller au champ de message',
        editLast: 'Modifier votre dernier message, tant que le champ est vide',
        settings: 'Paramètres et raccourcis clavier',
      },
    },
  },
  import: {
    placeholders: { image: 'Image', audio: 'Audio', file: 'Fichier' },
    progress: 'Importation…',
    cancel: 'Annuler l’importation',
    failed: `L’importation ne s’est pas terminée. ${NOTHING}`,
    refused: {
      cancelled: () => `Importation annulée. ${NOTHING}`,
      damaged: file =>
        `${file} n’est pas un export de conversations, ou il est endommagé ou incomplet. ${NOTHING} Veuillez l’exporter ou le télécharger de nouveau.`,
      unknown: file => `Il n’y a aucune conversation dans ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} est un export de ${product}, qui ne peut pas être lu ici. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} est un export de la version ${version}, écrit par une version plus récente de cette page. ${NOTHING} Veuillez recharger cette page pour la mettre à jour, puis réessayer.`,
      zip: file =>
        `Il n’y a aucune conversation lisible dans ${file}. ${NOTHING} Veuillez décompresser le fichier et choisir son conversations.json.`,
      full: () =>
        `Ce navigateur n’a plus de place pour ces conversations. ${NOTHING} Veuillez supprimer des conversations ou libérer de l’espace disque.`,
      unsaved: () => `Ce navigateur ne permet pas d’enregistrer les conversations. ${NOTHING}`,
    },
    imported: plural({ one: '# conversation importée.', other: '# conversations importées.' }),
    instructions: 'Vos instructions pour le modèle ont également été importées.',
    known: plural({
      one: '# d’entre elles était déjà présente.',
      other: '# d’entre elles étaient déjà présentes.',
    }),
    skipped: {
      empty: plural({ one: '# ignorée : aucun message.', other: '# ignorées : aucun message.' }),
      unreadable: plural({ one: '# ignorée : endommagée.', other: '# ignorées : endommagées.' }),
      tooLarge: plural({
        one: `# ignorée : plus de ${MAX_CONVERSATION_MB} Mo.`,
        other: `# ignorées : plus de ${MAX_CONVERSATION_MB} Mo.`,
      }),
    },
    omitted: plural({
      one: '# image ou autre fichier omis.',
      other: '# images ou autres fichiers omis.',
    }),
  },
  attachments,
};
