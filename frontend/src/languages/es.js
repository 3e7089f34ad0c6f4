import { dialogs } from './dialogs/es.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('es');

const NEW_CHAT = 'Nuevo chat';
const GENERAL = 'Algo ha ido mal. Inténtalo de nuevo.';
const TOO_LONG = 'Esta conversación es demasiado larga. Empieza una nueva.';
const MISMATCH = 'Esta página y el servicio de chat no coinciden. Recarga la página.';
const UNAUTHORISED = 'No se puede acceder al servicio de chat (se requiere autorización).';
const ORIGIN = 'Este entorno no está autorizado para usar el servicio de chat.';
const RATE_LIMITED = 'Demasiadas solicitudes. Espera un momento e inténtalo de nuevo.';
const OVERLOADED = 'El servicio de chat está saturado. Inténtalo de nuevo en un momento.';
const TIMEOUT = 'El modelo tarda demasiado. Inténtalo de nuevo.';
const byte = plural({ one: '# byte', other: '# bytes' });
const word = plural({ one: '# palabra', other: '# palabras' });

/** Spanish, with “tú”. @type {Texts} */
export const texts = {
  page: {
    language: 'es',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Un chat sencillo y rápido. Las conversaciones se quedan en este navegador.',
    conversations: 'Conversaciones',
    conversation: 'Conversación',
    newChat: NEW_CHAT,
    search: 'Buscar',
    searchConversations: 'Buscar conversaciones',
    settings: 'Configuración',
    greeting: '¿En qué puedo ayudarte?',
    latest: 'Ir al final',
    message: 'Mensaje',
    messagePlaceholder: 'Pregunta lo que quieras',
    attach: 'Adjuntar archivos de texto',
    send: 'Enviar',
    hint: {
      sendKey: 'Intro',
      send: 'para enviar',
      lineKey: 'Mayús+Intro',
      line: 'para una línea nueva',
    },
    suggestions: 'Sugerencias',
    suggestionTexts: [
      '¿Qué sabes hacer?',
      'Compara el té y el café en una tabla',
      'Escribe un haiku sobre arroyos',
    ],
    privacy: 'Las conversaciones se quedan en este navegador.',
    disclosure: '{{title}} es una IA y puede equivocarse.',
    disclosureProvider: 'Los mensajes se envían a {{provider}}.',
    notices: {
      notLoaded: 'No se pudo cargar una parte de esta página.',
      offline: 'No tienes conexión. Lo que escribas se conserva.',
      cleared: 'Este navegador ha borrado las conversaciones que tenía guardadas.',
      noScript: 'Este chat funciona en el navegador y necesita JavaScript.',
    },
  },
  strings: {
    you: 'Tú',
    assistant: 'Asistente',
    send: 'Enviar',
    sendAfterAnswer: 'Enviar después de esta respuesta',
    hintSend: 'para enviar',
    hintAfterAnswer: 'para enviar después de esta respuesta',
    stop: 'Detener',
    newChat: NEW_CHAT,
    edit: 'Editar',
    editMessage: 'Editar mensaje',
    cancel: 'Cancelar',
    reload: 'Recargar',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} KB`,
    offline: 'Sin conexión',
    online: 'De nuevo en línea',
    spoken: {
      sent: 'Mensaje enviado',
      answering: 'Respondiendo',
      stillAnswering: 'Sigue respondiendo',
      stopped: 'Detenido',
      interrupted: 'La respuesta se interrumpió',
      restarted: 'La respuesta empezó de nuevo con otro modelo',
      waking: 'El servicio de chat se está activando',
    },
    errors: {
      general: GENERAL,
      offline: 'No tienes conexión. Inténtalo de nuevo cuando la recuperes.',
    },
  },
  turns: {
    copyAnswer: 'Copiar respuesta',
    copied: 'Copiado',
    notCopied: 'No se pudo copiar',
    copyMessage: 'Copiar mensaje',
    regenerate: 'Regenerar',
    readAloud: 'Leer en voz alta',
    stopReading: 'Detener la lectura',
    versions: 'Versiones',
    previousVersion: 'Versión anterior',
    nextVersion: 'Versión siguiente',
    version: (at, count) => `Versión ${at} de ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} de ${count}`,
    showAll: 'Mostrar todo',
    showLess: 'Mostrar menos',
    thinking: seconds => `Pensando… ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s hasta la primera palabra`,
      speed: rate => `${number(rate)} tokens por segundo`,
      tokens: plural({ one: '# token', other: '# tokens' }),
    },
  },
  storage: {
    notSaved:
      'Este navegador no permite guardar conversaciones. Se conservan hasta que cierres esta página.',
    storageFull:
      'Este navegador no tiene más espacio para conversaciones: los últimos mensajes no se han guardado.',
    notRead: 'Este navegador no puede leer algunos de los mensajes guardados.',
  },
  sidebar: {
    moreFor: title => `Más opciones para «${title}»`,
    noResults: 'No se encontró nada',
    periods: {
      pinned: 'Fijadas',
      today: 'Hoy',
      yesterday: 'Ayer',
      previous7: 'Últimos 7 días',
      previous30: 'Últimos 30 días',
    },
    answering: 'Respondiendo',
  },
  endings: {
    waking: 'El servicio de chat se está activando…',
    reconnecting: 'Reconectando…',
    restarted: 'La respuesta empezó de nuevo con otro modelo.',
    continuationRestarted: 'El resto de la respuesta empezó de nuevo con otro modelo.',
    notes: {
      stopped: 'Detenido',
      interrupted: 'Interrumpido antes de completar la respuesta.',
      incomplete: 'La respuesta terminó antes de tiempo.',
      nothingAdded: 'El modelo no añadió nada.',
    },
    incompleteReasons: {
      max_output_tokens: 'La respuesta alcanzó su longitud máxima.',
      content_filter: 'El filtro de contenido del proveedor terminó la respuesta.',
      no_output: 'El modelo respondió sin ningún texto.',
      cancelled: 'El proveedor canceló la respuesta.',
      other: 'El proveedor terminó la respuesta antes de tiempo.',
    },
    failures: {
      broken_off: 'Se perdió la conexión antes de completar la respuesta.',
      unreachable:
        'No se puede contactar con el servicio de chat. Inténtalo de nuevo en un momento.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'La solicitud no es válida.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Introduce el código de acceso.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Este modelo no está disponible. Elige otro.',
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
      'El proveedor del modelo rechaza la cuenta o la configuración de este servicio de chat. Solo su operador puede cambiarlo.',
    copyRequestId: 'Copiar el ID de la solicitud',
    continue: 'Continuar',
    retry: 'Reintentar',
    retryIn: seconds =>
      `Reintentar en ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
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
    copy: 'Copiar',
    copied: 'Copiado',
    failed: 'Error',
    notCopied: 'Error al copiar',
    copyCode: name => (name ? `Copiar código ${name}` : 'Copiar código'),
    code: name => (name ? `Código ${name}` : 'Código'),
    lines: plural({ one: '# línea', other: '# líneas' }),
    complete: words =>
      words > 0 ? `Respuesta completa, ${word(words)}` : 'La respuesta no tiene texto',
    formula: 'Fórmula',
    done: 'Hecho',
    toDo: 'Pendiente',
    table: columns => `Tabla: ${list(columns)}`,
    image: 'Imagen: ',
  },
  activity: {
    thinking: 'Pensando',
    thought: 'Razonamiento terminado',
    thoughtFor: time => `Pensó durante ${time}`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Razonamiento',
    shortened: 'Se omite el principio.',
    searchingFor: 'Buscando: ',
    searchingWeb: 'Buscando en la web',
    reading: 'Leyendo ',
    searchingDocuments: 'Buscando en documentos',
    searchedFor: 'Buscó: ',
    searchedWeb: 'Buscó en la web',
    read: 'Leyó ',
    searchedDocuments: 'Buscó en documentos',
    sources: count => `Fuentes (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
