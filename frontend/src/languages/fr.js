import { dialogs } from './dialogs/fr.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('fr');

const NEW_CHAT = 'Nouvelle discussion';
const GENERAL = 'Une erreur s’est produite. Veuillez réessayer.';
const TOO_LONG = 'Cette conversation est trop longue. Veuillez en commencer une nouvelle.';
const MISMATCH =
  'Cette page et le service de chat ne correspondent pas. Veuillez recharger la page.';
const UNAUTHORISED = 'Impossible d’accéder au service de chat (autorisation requise).';
const ORIGIN = 'Cet environnement n’est pas autorisé à utiliser le service de chat.';
const RATE_LIMITED = 'Trop de demandes. Veuillez patienter un instant, puis réessayer.';
const OVERLOADED = 'Le service de chat est surchargé. Veuillez réessayer dans un instant.';
const TIMEOUT = 'Le modèle met trop de temps à répondre. Veuillez réessayer.';
const octet = plural({ one: '# octet', other: '# octets' });
const word = plural({ one: '# mot', other: '# mots' });

/** French, with “vous”. @type {Texts} */
export const texts = {
  page: {
    language: 'fr',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Un chat simple et rapide. Les conversations restent dans ce navigateur.',
    conversations: 'Conversations',
    conversation: 'Conversation',
    newChat: NEW_CHAT,
    search: 'Rechercher',
    searchConversations: 'Rechercher dans les conversations',
    settings: 'Paramètres',
    greeting: 'Comment puis-je vous aider ?',
    latest: 'Aller à la fin',
    message: 'Message',
    messagePlaceholder: 'Posez votre question',
    attach: 'Joindre des fichiers texte',
    send: 'Envoyer',
    hint: {
      sendKey: 'Entrée',
      send: 'pour envoyer',
      lineKey: 'Maj+Entrée',
      line: 'pour aller à la ligne',
    },
    suggestions: 'Suggestions',
    suggestionTexts: [
      'Que savez-vous faire ?',
      'Comparer le thé et le café dans un tableau',
      'Écrire un haïku sur les ruisseaux',
    ],
    privacy: 'Les conversations restent dans ce navigateur.',
    disclosure: '{{title}} est une IA et peut se tromper.',
    disclosureProvider: 'Les messages sont transmis à {{provider}}.',
    notices: {
      notLoaded: 'Une partie de cette page n’a pas pu être chargée.',
      offline: 'Vous êtes hors ligne. Ce que vous écrivez est conservé.',
      cleared: 'Ce navigateur a effacé les conversations qui y étaient enregistrées.',
      noScript: 'Ce chat fonctionne dans le navigateur et nécessite JavaScript.',
    },
  },
  strings: {
    you: 'Vous',
    assistant: 'Assistant',
    send: 'Envoyer',
    sendAfterAnswer: 'Envoyer après cette réponse',
    hintSend: 'pour envoyer',
    hintAfterAnswer: 'pour envoyer après cette réponse',
    stop: 'Arrêter',
    newChat: NEW_CHAT,
    edit: 'Modifier',
    editMessage: 'Modifier le message',
    cancel: 'Annuler',
    reload: 'Recharger',
    fileSize: bytes =>
      bytes < 1000 ? octet(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} Ko`,
    offline: 'Hors ligne',
    online: 'De nouveau en ligne',
    spoken: {
      sent: 'Message envoyé',
      answering: 'Réponse en cours',
      stillAnswering: 'Réponse toujours en cours',
      stopped: 'Arrêté',
      interrupted: 'La réponse a été interrompue',
      restarted: 'La réponse a recommencé avec un autre modèle',
      waking: 'Le service de chat se réveille',
    },
    errors: {
      general: GENERAL,
      offline: 'Vous êtes hors ligne. Veuillez réessayer une fois connecté.',
    },
  },
  turns: {
    copyAnswer: 'Copier la réponse',
    copied: 'Copié',
    notCopied: 'Copie impossible',
    copyMessage: 'Copier le message',
    regenerate: 'Régénérer',
    readAloud: 'Lire à voix haute',
    stopReading: 'Arrêter la lecture',
    versions: 'Versions',
    previousVersion: 'Version précédente',
    nextVersion: 'Version suivante',
    version: (at, count) => `Version ${at} sur ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} sur ${count}`,
    showAll: 'Tout afficher',
    showLess: 'Afficher moins',
    thinking: seconds => `Réflexion… ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s jusqu’au premier mot`,
      speed: rate => `${number(rate)} jetons/s`,
      tokens: plural({ one: '# jeton', other: '# jetons' }),
    },
  },
  storage: {
    notSaved:
      'Ce navigateur ne permet pas d’enregistrer les conversations. Elles durent jusqu’à la fermeture de cette page.',
    storageFull:
      'Ce navigateur n’a plus de place pour les conversations : les derniers messages ne sont pas enregistrés.',
    notRead: 'Ce navigateur ne peut pas lire certains des messages enregistrés.',
  },
  sidebar: {
    moreFor: title => `Plus d’options pour « ${title} »`,
    noResults: 'Aucun résultat',
    periods: {
      pinned: 'Épinglées',
      today: 'Aujourd’hui',
      yesterday: 'Hier',
      previous7: '7 derniers jours',
      previous30: '30 derniers jours',
    },
    answering: 'Réponse en cours',
  },
  endings: {
    waking: 'Le service de chat se réveille…',
    reconnecting: 'Reconnexion…',
    restarted: 'La réponse a recommencé avec un autre modèle.',
    continuationRestarted: 'La suite de la réponse a recommencé avec un autre modèle.',
    notes: {
      stopped: 'Arrêté',
      interrupted: 'Interrompu avant la fin de la réponse.',
      incomplete: 'La réponse s’est terminée trop tôt.',
      nothingAdded: 'Le modèle n’a rien ajouté.',
    },
    incompleteReasons: {
      max_output_tokens: 'La réponse a atteint sa longueur maximale.',
      content_filter: 'Le filtre de contenu du fournisseur a mis fin à la réponse.',
      no_output: 'Le modèle a répondu sans aucun texte.',
      cancelled: 'Le fournisseur a annulé la réponse.',
      other: 'Le fournisseur a mis fin à la réponse trop tôt.',
    },
    failures: {
      broken_off: 'La connexion a été perdue avant la fin de la réponse.',
      unreachable: 'Le service de chat est injoignable. Veuillez réessayer dans un instant.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'La demande n’est pas valide.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Veuillez saisir le code d’accès.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Ce modèle n’est pas disponible. Veuillez en choisir un autre.',
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
      'Le fournisseur du modèle refuse le compte ou les paramètres de ce service de chat. Seul son exploitant peut y remédier.',
    copyRequestId: 'Copier l’identifiant de la demande',
    continue: 'Continuer',
    retry: 'Réessayer',
    retryIn: seconds =>
      `Réessayer dans ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
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
    copy: 'Copier',
    copied: 'Copié',
    failed: 'Échec',
    notCopied: 'Échec de la copie',
    copyCode: name => (name ? `Copier le code ${name}` : 'Copier le code'),
    code: name => (name ? `Code ${name}` : 'Code'),
    lines: plural({ one: '# ligne', other: '# lignes' }),
    complete: words =>
      words > 0 ? `Réponse terminée, ${word(words)}` : 'La réponse ne contient aucun texte',
    formula: 'Formule',
    done: 'Fait',
    toDo: 'À faire',
    table: columns => `Tableau : ${list(columns)}`,
    image: 'Image : ',
  },
  activity: {
    thinking: 'Réflexion',
    thought: 'Réflexion terminée',
    thoughtFor: time => `Réflexion pendant ${time}`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Raisonnement',
    shortened: 'Le début est omis.',
    searchingFor: 'Recherche : ',
    searchingWeb: 'Recherche sur le Web',
    reading: 'Lecture de ',
    searchingDocuments: 'Recherche dans les documents',
    searchedFor: 'Recherches effectuées : ',
    searchedWeb: 'Recherche effectuée sur le Web',
    read: 'Page lue : ',
    searchedDocuments: 'Recherche effectuée dans les documents',
    sources: count => `Sources (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
