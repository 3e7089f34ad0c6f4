import { MAX_CONVERSATION_MB } from '../../import/limits.js';
import { attachments } from '../attachments/pt.js';
import { forms } from '../forms.js';

/** @import { DialogTexts } from '../english.js' */

const { number, plural } = forms('pt');

const NOTHING = 'Nada foi importado.';
const READABLE =
  'É possível importar exportações desta página, do ChatGPT, do Claude, do LibreChat e do Open WebUI.';
const result = plural({ one: '# resultado', other: '# resultados' });

/** @type {DialogTexts} */
export const dialogs = {
  options: {
    model: 'Modelo',
    modelLeft: (model, other) =>
      `${model} não está mais disponível. Esta conversa continua com ${other}.`,
    webSearch: 'Buscar na web',
    webSearchTitle: 'Buscar na web: sua pergunta também é enviada a um buscador',
  },
  accessCode: {
    title: 'Código de acesso',
    description: 'Este chat é para quem tem um código. Sua mensagem é mantida.',
    confirm: 'Continuar',
    cancel: 'Cancelar',
    wrong: 'Este código não é válido.',
    tooMany: 'Códigos incorretos demais. Aguarde um minuto.',
    failed: 'Não foi possível verificar o código. Tente novamente.',
  },
  embed: { openInTab: 'Abrir em uma aba própria', closeChat: 'Fechar o chat' },
  onDemand: {
    conversations: {
      rename: 'Renomear',
      export: 'Exportar',
      exportTitle: title => `Exportar “${title}”`,
      exportMarkdown: 'Markdown, como é mostrado',
      sources: 'Fontes',
      exportJson: 'JSON, com todas as versões',
      titleField: 'Título',
      pin: 'Fixar',
      unpin: 'Desafixar',
      remove: 'Excluir',
      removed: () => 'Conversa excluída',
      removedAll: plural({ one: '# conversa excluída', other: '# conversas excluídas' }),
      removedElsewhere: () => 'Esta conversa foi excluída em outra aba.',
      undo: 'Desfazer',
      results: result,
    },
    waiting: {
      name: 'Mensagens em espera',
      waits: 'Será enviada após esta resposta',
      edit: 'Editar',
      remove: 'Remover',
      editText: text => `Editar “${text}”`,
      removeText: text => `Remover “${text}”`,
      added: 'Sua mensagem espera o fim desta resposta',
      removed: 'Mensagem removida',
      returned: 'Não enviada: sua mensagem está de volta no campo',
    },
    attach: {
      attached: plural({ one: '# arquivo anexado', other: '# arquivos anexados' }),
      notText: name => `${name} não é um arquivo de texto.`,
      tooLarge: (name, most) => `${name} tem mais de ${number(most)} KB.`,
    },
    keyNames: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
    speech: {
      noVoice:
        'Não foi lida: este dispositivo não tem uma voz própria para o idioma deste navegador. Outra voz enviaria a resposta a um serviço.',
    },
    palette: {
      name: 'Comandos',
      placeholder: 'Buscar conversas e comandos',
      results: 'Comandos e conversas',
      commands: 'Comandos',
      conversations: 'Conversas',
      yesterday: 'Ontem',
      noResults: 'Nada encontrado',
      resultCount: result,
      sidebar: 'Mostrar ou ocultar as conversas',
      editLast: 'Editar sua última mensagem',
      light: 'Tema claro',
      dark: 'Tema escuro',
      system: 'Usar o tema do sistema',
    },
    settings: {
      name: 'Configurações',
      close: 'Fechar',
      theme: 'Tema',
      themes: { system: 'Sistema', light: 'Claro', dark: 'Escuro' },
      instructions: {
        name: 'Instruções para o modelo',
        all: 'Em todas as conversas',
        here: 'Nesta conversa',
        placeholder: 'O que ele deve saber e como deve responder',
        count: (length, most) => `${number(length)} de ${number(most)} caracteres`,
      },
      conversations: 'Conversas',
      exportAll: 'Exportar tudo',
      exportFailed: 'A exportação não terminou.',
      import: 'Importar',
      removeAll: 'Excluir tudo',
      confirmRemoval: plural({
        one: 'Excluir a conversa?',
        other: 'Excluir todas as # conversas?',
      }),
      removalScope: 'Elas são excluídas deste navegador, também nas outras abas.',
      cancel: 'Cancelar',
      spokenAnswers: 'O que um leitor de tela lê de uma resposta',
      spoken: { full: 'Tudo', first: 'A primeira frase', complete: 'Só que está completa' },
      keysName: 'Atalhos do teclado',
      keys: {
        palette: 'Busca e comandos',
        newChat: 'Novo chat',
        sidebar: 'Mostrar ou ocultar as conversas',
        stop: 'Fechar ou parar',
        focusMessage: 'Ir para o campo de mensagem',
        editLast: 'Editar sua última mensagem, com o campo vazio',
        settings: 'Configurações e atalhos do teclado',
      },
    },
  },
  import: {
    placeholders: { image: 'Imagem', audio: 'Áudio', file: 'Arquivo' },
    progress: 'Importando…',
    cancel: 'Cancelar importação',
    failed: `A importação não terminou. ${NOTHING}`,
    refused: {
      cancelled: () => `Importação cancelada. ${NOTHING}`,
      damaged: file =>
        `${file} não é uma exportação de conversas, ou está danificado ou incompleto. ${NOTHING} Exporte ou baixe o arquivo novamente.`,
      unknown: file => `Não há conversas em ${file}. ${NOTHING} ${READABLE}`,
      unsupported: (file, product) =>
        `${file} é uma exportação do produto ${product}, que não pode ser lida aqui. ${NOTHING} ${READABLE}`,
      newer: (file, version) =>
        `${file} é uma exportação da versão ${version}, escrita por uma versão mais nova desta página. ${NOTHING} Recarregue esta página para atualizá-la e tente novamente.`,
      zip: file =>
        `Não há conversas legíveis em ${file}. ${NOTHING} Descompacte o arquivo e escolha o conversations.json dele.`,
      full: () =>
        `Este navegador não tem mais espaço para estas conversas. ${NOTHING} Exclua algumas conversas ou libere espaço em disco.`,
      unsaved: () => `Este navegador não permite salvar conversas. ${NOTHING}`,
    },
    imported: plural({ one: '# conversa importada.', other: '# conversas importadas.' }),
    instructions: 'Suas instruções para o modelo também foram importadas.',
    known: plural({ one: '# delas já estava aqui.', other: '# delas já estavam aqui.' }),
    skipped: {
      empty: plural({ one: '# ignorada: sem mensagens.', other: '# ignoradas: sem mensagens.' }),
      unreadable: plural({ one: '# ignorada: danificada.', other: '# ignoradas: danificadas.' }),
      tooLarge: plural({
        one: `# ignorada: mais de ${MAX_CONVERSATION_MB} MB.`,
        other: `# ignoradas: mais de ${MAX_CONVERSATION_MB} MB.`,
      }),
    },
    omitted: plural({
      one: '# imagem ou outro arquivo não incluído.',
      other: '# imagens ou outros arquivos não incluídos.',
    }),
  },
  attachments,
};
