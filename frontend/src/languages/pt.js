import { dialogs } from './dialogs/pt.js';
import { forms } from './forms.js';
import { translated } from './translate-page.js';

/** @import { Texts } from './english.js' */

const { number, plural, list } = forms('pt');

const NEW_CHAT = 'Novo chat';
const GENERAL = 'Algo deu errado. Tente novamente.';
const TOO_LONG = 'Esta conversa é longa demais. Comece uma nova.';
const MISMATCH = 'Esta página e o serviço de chat não correspondem. Recarregue a página.';
const UNAUTHORISED = 'Não é possível acessar o serviço de chat (autorização necessária).';
const ORIGIN = 'Este ambiente não está autorizado a usar o serviço de chat.';
const RATE_LIMITED = 'Solicitações demais. Aguarde um momento e tente novamente.';
const OVERLOADED = 'O serviço de chat está ocupado. Tente novamente em instantes.';
const TIMEOUT = 'O modelo está demorando demais. Tente novamente.';
const byte = plural({ one: '# byte', other: '# bytes' });
const word = plural({ one: '# palavra', other: '# palavras' });

/** Portuguese of Brazil, with “você”. @type {Texts} */
export const texts = {
  page: {
    language: 'pt',
    direction: 'ltr',
    name: 'Minimal Chatbot',
    shortName: 'Chat',
    description: 'Um chat simples e rápido. As conversas ficam neste navegador.',
    conversations: 'Conversas',
    conversation: 'Conversa',
    newChat: NEW_CHAT,
    search: 'Buscar',
    searchConversations: 'Buscar conversas',
    settings: 'Configurações',
    greeting: 'Como posso ajudar?',
    latest: 'Ir para o fim',
    message: 'Mensagem',
    messagePlaceholder: 'Pergunte alguma coisa',
    attach: 'Anexar arquivos de texto',
    send: 'Enviar',
    hint: {
      sendKey: 'Enter',
      send: 'para enviar',
      lineKey: 'Shift+Enter',
      line: 'para uma nova linha',
    },
    suggestions: 'Sugestões',
    suggestionTexts: [
      'O que você sabe fazer?',
      'Compare chá e café em uma tabela',
      'Escreva um haicai sobre riachos',
    ],
    privacy: 'As conversas ficam neste navegador.',
    disclosure: '{{title}} é uma IA e pode errar.',
    disclosureProvider: 'As mensagens são enviadas para {{provider}}.',
    notices: {
      notLoaded: 'Não foi possível carregar uma parte desta página.',
      offline: 'Você está sem conexão. O que você escrever será mantido.',
      cleared: 'Este navegador apagou as conversas que estavam salvas nele.',
      noScript: 'Este chat funciona no navegador e precisa de JavaScript.',
    },
  },
  strings: {
    you: 'Você',
    assistant: 'Assistente',
    send: 'Enviar',
    sendAfterAnswer: 'Enviar após esta resposta',
    hintSend: 'para enviar',
    hintAfterAnswer: 'para enviar após esta resposta',
    stop: 'Parar',
    newChat: NEW_CHAT,
    edit: 'Editar',
    editMessage: 'Editar mensagem',
    cancel: 'Cancelar',
    reload: 'Recarregar',
    fileSize: bytes =>
      bytes < 1000 ? byte(bytes) : `${number(bytes / 1024, bytes < 10_240 ? 1 : 0)} KB`,
    offline: 'Sem conexão',
    online: 'Conectado novamente',
    spoken: {
      sent: 'Mensagem enviada',
      answering: 'Respondendo',
      stillAnswering: 'Ainda respondendo',
      stopped: 'Parado',
      interrupted: 'A resposta foi interrompida',
      restarted: 'A resposta recomeçou com outro modelo',
      waking: 'O serviço de chat está sendo ativado',
    },
    errors: {
      general: GENERAL,
      offline: 'Você está sem conexão. Tente novamente quando estiver conectado.',
    },
  },
  turns: {
    copyAnswer: 'Copiar resposta',
    copied: 'Copiado',
    notCopied: 'Não foi possível copiar',
    copyMessage: 'Copiar mensagem',
    regenerate: 'Gerar novamente',
    readAloud: 'Ler em voz alta',
    stopReading: 'Parar a leitura',
    versions: 'Versões',
    previousVersion: 'Versão anterior',
    nextVersion: 'Próxima versão',
    version: (at, count) => `Versão ${at} de ${count}`,
    versionOf: (turn, at, count) => `${turn}, ${at} de ${count}`,
    showAll: 'Mostrar tudo',
    showLess: 'Mostrar menos',
    thinking: seconds => `Pensando… ${seconds} s`,
    meta: {
      firstText: seconds => `${number(Number(seconds), 1)} s até a primeira palavra`,
      speed: rate => `${number(rate)} tokens/s`,
      tokens: plural({ one: '# token', other: '# tokens' }),
    },
  },
  storage: {
    notSaved:
      'Este navegador não permite salvar conversas. Elas duram até você fechar esta página.',
    storageFull:
      'Este navegador não tem mais espaço para conversas: as últimas mensagens não foram salvas.',
    notRead: 'Este navegador não consegue ler algumas das mensagens salvas.',
  },
  sidebar: {
    moreFor: title => `Mais opções para “${title}”`,
    noResults: 'Nada encontrado',
    periods: {
      pinned: 'Fixadas',
      today: 'Hoje',
      yesterday: 'Ontem',
      previous7: 'Últimos 7 dias',
      previous30: 'Últimos 30 dias',
    },
    answering: 'Respondendo',
  },
  endings: {
    waking: 'O serviço de chat está sendo ativado…',
    reconnecting: 'Reconectando…',
    restarted: 'A resposta recomeçou com outro modelo.',
    continuationRestarted: 'O restante da resposta recomeçou com outro modelo.',
    notes: {
      stopped: 'Parado',
      interrupted: 'Interrompido antes de a resposta ficar completa.',
      incomplete: 'A resposta terminou antes da hora.',
      nothingAdded: 'O modelo não acrescentou nada.',
    },
    incompleteReasons: {
      max_output_tokens: 'A resposta atingiu o tamanho máximo.',
      content_filter: 'O filtro de conteúdo do provedor encerrou a resposta.',
      no_output: 'O modelo respondeu sem nenhum texto.',
      cancelled: 'O provedor cancelou a resposta.',
      other: 'O provedor encerrou a resposta antes da hora.',
    },
    failures: {
      broken_off: 'A conexão foi perdida antes de a resposta ficar completa.',
      unreachable: 'Não é possível contatar o serviço de chat. Tente novamente em instantes.',
      not_found: MISMATCH,
      method_not_allowed: MISMATCH,
      unsupported_media_type: MISMATCH,
      invalid_request: 'A solicitação não é válida.',
      unauthorized: UNAUTHORISED,
      access_code_required: 'Digite o código de acesso.',
      origin_not_allowed: ORIGIN,
      model_not_found: 'Este modelo não está disponível. Escolha outro.',
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
      'O provedor do modelo recusa a conta ou as configurações deste serviço de chat. Só o operador pode mudar isso.',
    copyRequestId: 'Copiar o ID da solicitação',
    continue: 'Continuar',
    retry: 'Tentar novamente',
    retryIn: seconds =>
      `Tentar novamente em ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`,
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
    failed: 'Falhou',
    notCopied: 'Falha ao copiar',
    copyCode: name => (name ? `Copiar código ${name}` : 'Copiar código'),
    code: name => (name ? `Código ${name}` : 'Código'),
    lines: plural({ one: '# linha', other: '# linhas' }),
    complete: words =>
      words > 0 ? `Resposta completa, ${word(words)}` : 'A resposta não tem texto',
    formula: 'Fórmula',
    done: 'Concluída',
    toDo: 'A fazer',
    table: columns => `Tabela: ${list(columns)}`,
    image: 'Imagem: ',
  },
  activity: {
    thinking: 'Pensando',
    thought: 'Raciocínio concluído',
    thoughtFor: time => `Pensou por ${time}`,
    seconds: count => `${count} s`,
    minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
    reasoning: 'Raciocínio',
    shortened: 'O começo foi omitido.',
    searchingFor: 'Buscando: ',
    searchingWeb: 'Buscando na web',
    reading: 'Lendo ',
    searchingDocuments: 'Buscando em documentos',
    searchedFor: 'Buscou: ',
    searchedWeb: 'Buscou na web',
    read: 'Leu ',
    searchedDocuments: 'Buscou em documentos',
    sources: count => `Fontes (${number(count)})`,
  },
  ...dialogs,
};

export default () => translated(texts);
