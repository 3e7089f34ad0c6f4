import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('es');

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Adjuntos de este mensaje',
  attach: accepts =>
    `Adjuntar ${and([accepts.includes('images') && 'imágenes', accepts.includes('files') && 'un PDF', 'archivos de texto'])}`,
  camera: 'Hacer una foto',
  preparing: name => `Preparando ${name}`,
  added: two(
    plural({ one: '# imagen adjunta', other: '# imágenes adjuntas' }),
    plural({ one: '# PDF adjunto', other: '# PDF adjuntos' }),
    and,
  ),
  open: name => `Mostrar ${name}`,
  remove: name => `Quitar ${name}`,
  removed: name => `${name} quitado`,
  removedHere: name => `${name} se quitó de esta conversación.`,
  undo: 'Deshacer',
  restored: name => `${name} vuelve a estar en esta conversación`,
  pages: plural({ one: '# página', other: '# páginas' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Descripción (opcional)',
  descriptionNote: 'Para quienes usan un lector de pantalla. Se queda en este navegador.',
  takeOut: 'Quitar de esta conversación',
  removeHere: 'Quitar',
  download: 'Descargar',
  close: 'Cerrar',
  notSent: {
    earlier: 'Ya no se envía al modelo',
    refused: 'El modelo no pudo leerlo: no se vuelve a enviar',
    textOnly: 'No enviado: este chat ahora solo admite texto',
  },
  attached: 'Adjuntos',
  takenOut: 'Quitado de esta conversación',
  problems: {
    textOnly: name => `${name} no se adjuntó: este chat solo admite archivos de texto.`,
    noImages: name => `${name} no se adjuntó: este chat no admite imágenes.`,
    noFiles: name => `${name} no se adjuntó: este chat no admite PDF.`,
    unknown: name =>
      `${name} no se adjuntó: el servicio de chat aún no ha indicado si admite este tipo de archivos. Inténtalo de nuevo.`,
    notLoaded: name =>
      `${name} no se adjuntó: no se pudo cargar una parte de esta página. Inténtalo de nuevo.`,
    protectedCanvas: name =>
      `${name} no se adjuntó: la protección de este navegador contra la huella digital altera las imágenes. Permite que esta página use el lienzo (canvas) e inténtalo de nuevo.`,
    svg: name =>
      `${name} es un SVG, que no se puede enviar como imagen. Envíalo en formato PNG o JPEG.`,
    notImage: name => `${name} no es una imagen JPEG, PNG, GIF, WebP, AVIF, HEIC o BMP.`,
    undecodable: (name, format) =>
      `Este navegador no puede leer ${format}: envía ${name} en formato JPEG.`,
    broken: name => `${name} está dañado: este navegador no puede leerlo.`,
    tooSlow: name =>
      `${name} no se adjuntó: este navegador tarda demasiado en leerlo. Envía una imagen más pequeña.`,
    pdfTooLarge: (name, most) => `${name} supera los ${number(most)} MB.`,
    tooMany: two(
      plural({
        one: 'En un mensaje caben 4 imágenes como máximo: # imagen no incluida.',
        other: 'En un mensaje caben 4 imágenes como máximo: # imágenes no incluidas.',
      }),
      plural({
        one: 'En un mensaje cabe un solo PDF: # PDF no incluido.',
        other: 'En un mensaje cabe un solo PDF: # PDF no incluidos.',
      }),
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `El modelo no pudo leer ${and(names)}. «Reintentar» envía el mensaje sin ${names.length > 1 ? 'esos adjuntos' : 'ese adjunto'}.`,
};
