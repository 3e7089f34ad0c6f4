import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('pt');

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Anexos desta mensagem',
  attach: accepts =>
    `Anexar ${and([accepts.includes('images') && 'imagens', accepts.includes('files') && 'um PDF', 'arquivos de texto'])}`,
  camera: 'Tirar uma foto',
  preparing: name => `Preparando ${name}`,
  added: two(
    plural({ one: '# imagem anexada', other: '# imagens anexadas' }),
    plural({ one: '# PDF anexado', other: '# PDFs anexados' }),
    and,
  ),
  open: name => `Mostrar ${name}`,
  remove: name => `Remover ${name}`,
  removed: name => `${name} removido`,
  removedHere: name => `${name} foi removido desta conversa.`,
  undo: 'Desfazer',
  restored: name => `${name} está de volta nesta conversa`,
  pages: plural({ one: '# página', other: '# páginas' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Descrição (opcional)',
  descriptionNote: 'Para quem usa um leitor de tela. Ela fica neste navegador.',
  takeOut: 'Remover desta conversa',
  removeHere: 'Remover',
  download: 'Baixar',
  close: 'Fechar',
  notSent: {
    earlier: 'Não é mais enviado ao modelo',
    refused: 'O modelo não conseguiu ler: não será enviado novamente',
    textOnly: 'Não enviado: agora este chat só aceita texto',
  },
  attached: 'Anexos',
  takenOut: 'Removido desta conversa',
  problems: {
    textOnly: name => `${name} não foi anexado: este chat só aceita arquivos de texto.`,
    noImages: name => `${name} não foi anexado: este chat não aceita imagens.`,
    noFiles: name => `${name} não foi anexado: este chat não aceita PDFs.`,
    unknown: name =>
      `${name} não foi anexado: o serviço de chat ainda não informou se aceita esse tipo de arquivo. Tente novamente.`,
    notLoaded: name =>
      `${name} não foi anexado: não foi possível carregar uma parte desta página. Tente novamente.`,
    protectedCanvas: name =>
      `${name} não foi anexado: a proteção deste navegador contra a coleta de impressões digitais altera as imagens. Permita que esta página use o canvas e tente novamente.`,
    svg: name =>
      `${name} é um SVG, que não pode ser enviado como imagem. Envie o arquivo como PNG ou JPEG.`,
    notImage: name => `${name} não é uma imagem JPEG, PNG, GIF, WebP, AVIF, HEIC ou BMP.`,
    undecodable: (name, format) =>
      `Este navegador não consegue ler ${format}: envie ${name} como JPEG.`,
    broken: name => `${name} está danificado: este navegador não consegue ler o arquivo.`,
    tooSlow: name =>
      `${name} não foi anexado: este navegador demora demais para ler o arquivo. Envie uma imagem menor.`,
    pdfTooLarge: (name, most) => `${name} tem mais de ${number(most)} MB.`,
    tooMany: two(
      plural({
        one: 'Cabem no máximo 4 imagens em uma mensagem: # imagem não incluída.',
        other: 'Cabem no máximo 4 imagens em uma mensagem: # imagens não incluídas.',
      }),
      plural({
        one: 'Cabe um só PDF em uma mensagem: # PDF não incluído.',
        other: 'Cabe um só PDF em uma mensagem: # PDFs não incluídos.',
      }),
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `O modelo não conseguiu ler ${and(names)}. “Tentar novamente” envia a mensagem sem ${names.length > 1 ? 'esses anexos' : 'esse anexo'}.`,
};
