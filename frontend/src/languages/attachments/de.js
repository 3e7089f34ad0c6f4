import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('de');

const image = plural({ one: '# Bild', other: '# Bilder' });
const pdf = plural({ one: '# PDF', other: '# PDFs' });

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Anhänge dieser Nachricht',
  attach: accepts =>
    `${and([accepts.includes('images') && 'Bilder', accepts.includes('files') && 'PDF', 'Textdateien'])} anhängen`,
  camera: 'Foto aufnehmen',
  preparing: name => `${name} wird vorbereitet`,
  added: two(image, pdf, texts => `${and(texts)} angehängt`),
  open: name => `${name} anzeigen`,
  remove: name => `${name} entfernen`,
  removed: name => `${name} entfernt`,
  removedHere: name => `${name} wurde aus dieser Unterhaltung entfernt.`,
  undo: 'Rückgängig',
  restored: name => `${name} ist wieder in dieser Unterhaltung`,
  pages: plural({ one: '# Seite', other: '# Seiten' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Beschreibung (optional)',
  descriptionNote: 'Für alle, die einen Screenreader verwenden. Sie bleibt in diesem Browser.',
  takeOut: 'Aus dieser Unterhaltung entfernen',
  removeHere: 'Entfernen',
  download: 'Herunterladen',
  close: 'Schließen',
  notSent: {
    earlier: 'Wird nicht mehr an das Modell gesendet',
    refused: 'Das Modell konnte es nicht lesen: wird nicht erneut gesendet',
    textOnly: 'Nicht gesendet: Dieser Chat nimmt jetzt nur noch Text an',
  },
  attached: 'Angehängt',
  takenOut: 'Aus dieser Unterhaltung entfernt',
  problems: {
    textOnly: name => `${name} wurde nicht angehängt: Dieser Chat nimmt nur Textdateien an.`,
    noImages: name => `${name} wurde nicht angehängt: Dieser Chat nimmt keine Bilder an.`,
    noFiles: name => `${name} wurde nicht angehängt: Dieser Chat nimmt keine PDFs an.`,
    unknown: name =>
      `${name} wurde nicht angehängt: Der Chatdienst hat noch nicht mitgeteilt, ob er solche Dateien annimmt. Bitte erneut versuchen.`,
    notLoaded: name =>
      `${name} wurde nicht angehängt: Ein Teil dieser Seite konnte nicht geladen werden. Bitte erneut versuchen.`,
    protectedCanvas: name =>
      `${name} wurde nicht angehängt: Der Schutz dieses Browsers gegen Fingerprinting verändert Bilder. Bitte dieser Seite den Zugriff auf Canvas erlauben und es dann erneut versuchen.`,
    svg: name =>
      `${name} ist ein SVG, das nicht als Bild gesendet werden kann. Bitte als PNG oder JPEG senden.`,
    notImage: name => `${name} ist kein Bild in JPEG, PNG, GIF, WebP, AVIF, HEIC oder BMP.`,
    undecodable: (name, format) =>
      `Dieser Browser kann ${format} nicht lesen: Bitte ${name} als JPEG senden.`,
    broken: name => `${name} ist beschädigt: Dieser Browser kann es nicht lesen.`,
    tooSlow: name =>
      `${name} wurde nicht angehängt: Dieser Browser braucht zu lange, um es zu lesen. Bitte ein kleineres Bild senden.`,
    pdfTooLarge: (name, most) => `${name} ist größer als ${number(most)} MB.`,
    tooMany: two(
      count => `In eine Nachricht passen höchstens 4 Bilder: ${image(count)} ausgelassen.`,
      count => `In eine Nachricht passt ein PDF: ${pdf(count)} ausgelassen.`,
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `Das Modell konnte ${and(names)} nicht lesen. „Erneut versuchen“ sendet die Nachricht ohne ${names.length > 1 ? 'diese Anhänge' : 'diesen Anhang'}.`,
};
