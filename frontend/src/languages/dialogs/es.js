import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/es.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('es');

const NOTHING = 'No se importó nada.';
const READABLE =
  'Se pueden importar exportaciones de esta página, ChatGPT, Claude, LibreChat y Open WebUI.';
const result = plural({ one: '# resultado', other: '# resultados' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Modelo',
    modelLeft: (model, other) =>
      `${model} ya no está disponible. Esta conversación continúa con ${other}.`,
    webSearch: 'Buscar en la web',
    webSearchTitle: 'Buscar en la web: tu pregunta también se envía a un buscador',
  },
  accessCode: {
    title: 'Código de acceso',
    description: 'Este chat es para quienes tienen un código. Tu mensaje se conserva.',
    confirm: 'Continuar',
    cancel: 'Cancelar',
    wrong: 'Este código no es válido.',
    tooMany: 'Demasiados códigos incorrectos. Espera un minuto.',
    failed: 'No se pudo comprobar el código. Inténtalo de nuevo.',
  },
  embed: { openInTab: 'Abrir en su propia pestaña', closeChat: 'Cerrar el chat' },
  onDemand: {
    conversations: {
      rename: 'Cambiar nombre',
      export: 'Exportar',
      exportTitle: title => `Exportar «${title}»`,
      exportMarkdown: 'Markdown, tal como se muestra',
      sources: 'Fuentes',
      exportJson: 'JSON, con todas las versiones',
      titleField: 'Título',
      pin: 'Fijar',
      unpin: 'Desfijar',
      remove: 'Eliminar',
      removed: () => 'Conversación eliminada',
      removedAll: plural({ one: '# conversación eliminada', other: '# conversaciones eliminadas' }),
      removedElsewhere: () => 'Esta conversación se eliminó en otra pestaña.',
      undo: 'Deshacer',
      results: result,
    },
    waiting: {
      name: 'Mensajes en espera',
      waits: 'Se enviará después de esta respuesta',
      edit: 'Editar',
      remove: 'Quitar',
      editText: text => `Editar «${text}»`,
      removeText: text => `Quitar «${text}»`,
      added: 'Tu mensaje espera al final de esta respuesta',
      removed: 'Mensaje quitado',
      returned: 'No enviado: tu mensaje vuelve a estar en el cuadro',
    },
    attach: {
      attached: plural({ one: '# archivo adjunto', other: '# archivos adjuntos' }),
      notText: name => `${name} no es un archivo de texto.`,
      tooLarge: (name, most) => `${name} supera los ${number(most)} KB.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Mayús', escape: 'Esc' },
    speech: {
      noVoice:
        'No se leyó en voz alta: este dispositivo no tiene una voz propia para el idioma de este navegador. Otra voz enviaría la respuesta a un servicio.',
    },
    palette: {
      name: 'Comandos',
      placeholder: 'Buscar conversaciones y comandos',
      results: 'Comandos y conversaciones',
      commands: 'Comandos',
      conversations: 'Conversaciones',
      yesterday: 'Ayer',
      noResults: 'No se encontró nada',
      resultCount: result,
      sidebar: 'Mostrar u ocultar las conversaciones',
      editLast: 'Editar tu último mensaje',
      light: 'Tema claro',
      dark: 'Tema oscuro',
      system: 'Usar el tema del sistema',
    },
    settings: {
      name: 'Configuración',
      close: 'Cerrar',
      theme: 'Tema',
      themes: { system: 'Sistema', light: 'Claro', dark: 'Oscuro' },
      instructions: {
        name: 'Instrucciones para el modelo',
        all: 'En todas las conversaciones',
        here: 'En esta conversación',
        placeholder: 'Qué debe saber y cómo debe responder',
        count: (length, most) => `${number(length)} de ${number(most)} caracteres`,
      },
      conversations: 'Conversaciones',
      exportAll: 'Exportar todo',
      exportFailed: 'La exportación no terminó.',
      import: 'Importar',
      removeAll: 'Eliminar todo',
      confirmRemoval: plural({
        one: '¿Eliminar la conversación?',
        other: '¿Eliminar las # conversaciones?',
      }),
      removalScope: 'Se eliminan de este navegador, también en sus otras pestañas.',
      cancel: 'Cancelar',
      spokenAnswers: 'Qué lee un lector de pantalla de una respuesta',
      spoken: { full: 'Todo', first: 'Su primera frase', complete: 'Solo que está completa' },
      keysName: 'Atajos de teclado',
      keys: {
        palette: 'Búsqueda y comandos',
        newChat: 'Nuevo chat',
        sidebar: 'Mostrar u ocultar las conversaciones',
        stop: 'Cerrar o detener',
        focusMessage: 'Ir al cuadro de mensaje',
        editLast: 'Editar tu último mensaje, mientras el cuadro esté vacío',
        settings: 'Configuración y atajos de teclado',
      },
    },
  },
  import: {
    placeholders: { image: 'Imagen', audio: 'Audio', file: 'Archivo' },
    progress: 'Importando…',
    cancel: 'Cancelar la importación',
    failed: `La importación no terminó. ${NOTHING}`,
    refused: {
      cancelled: () => `Importación cancelada. ${NOTHING}`,
      damaged: file =>
        `${file} no es una exportación de conversaciones, o está dañado o incompleto. ${NOTHING} Expórtalo o descárgalo de nuevo.`,
      unknown: file => `No hay conversaciones en ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} es una exportación de ${product}, que no se puede leer aquí. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} es una exportación de la versión ${version}, escrita por una versión más reciente de esta página. ${NOTHING} Recarga esta página para actualizarla e inténtalo de nuevo.`,
      zip: file =>
        `No hay conversaciones legibles en ${file}. ${NOTHING} Descomprime el archivo y elige su conversations.json.`,
      full: () =>
        `Este navegador no tiene más espacio para estas conversaciones. ${NOTHING} Elimina algunas conversaciones o libera espacio en el disco.`,
      unsaved: () => `Este navegador no permite guardar conversaciones. ${NOTHING}`,
    },
    imported: plural({ one: '# conversación importada.', other: '# conversaciones importadas.' }),
    instructions: 'También se importaron tus instrucciones para el modelo.',
    known: plural({ one: '# de ellas ya estaba aquí.', other: '# de ellas ya estaban aquí.' }),
    skipped: {
      empty: plural({ one: '# omitida: sin mensajes.', other: '# omitidas: sin mensajes.' }),
      unreadable: plural({ one: '# omitida: dañada.', other: '# omitidas: dañadas.' }),
      tooLarge: plural({
        one: `# omitida: supera los ${MAX_CONVERSATION_MB} MB.`,
        other: `# omitidas: superan los ${MAX_CONVERSATION_MB} MB.`,
      }),
    },
    omitted: plural({
      one: '# imagen u otro archivo no incluido.',
      other: '# imágenes u otros archivos no incluidos.',
    }),
  },
  attachments,
};
