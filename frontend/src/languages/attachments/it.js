import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('it');

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Allegati di questo messaggio',
  attach: accepts =>
    `Allega ${and([accepts.includes('images') && 'immagini', accepts.includes('files') && 'un PDF', 'file di testo'])}`,
  camera: 'Scatta una foto',
  preparing: name => `Preparazione di ${name}`,
  added: two(
    plural({ one: '# immagine allegata', other: '# immagini allegate' }),
    plural({ one: '# PDF allegato', other: '# PDF allegati' }),
    and,
  ),
  open: name => `Mostra ${name}`,
  remove: name => `Rimuovi ${name}`,
  removed: name => `${name} rimosso`,
  removedHere: name => `${name} è stato rimosso da questa conversazione.`,
  undo: 'Annulla',
  restored: name => `${name} è di nuovo in questa conversazione`,
  pages: plural({ one: '# pagina', other: '# pagine' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Descrizione (facoltativa)',
  descriptionNote: 'Per chi usa uno screen reader. Resta in questo browser.',
  takeOut: 'Rimuovi da questa conversazione',
  removeHere: 'Rimuovi',
  download: 'Scarica',
  close: 'Chiudi',
  notSent: {
    earlier: 'Non viene più inviato al modello',
    refused: 'Il modello non è riuscito a leggerlo: non verrà inviato di nuovo',
    textOnly: 'Non inviato: ora questa chat accetta solo testo',
  },
  attached: 'Allegati',
  takenOut: 'Rimosso da questa conversazione',
  problems: {
    textOnly: name => `${name} non è stato allegato: questa chat accetta solo file di testo.`,
    noImages: name => `${name} non è stato allegato: questa chat non accetta immagini.`,
    noFiles: name => `${name} non è stato allegato: questa chat non accetta PDF.`,
    unknown: name =>
      `${name} non è stato allegato: il servizio di chat non ha ancora indicato se accetta file di questo tipo. Riprova.`,
    notLoaded: name =>
      `${name} non è stato allegato: non è stato possibile caricare una parte di questa pagina. Riprova.`,
    protectedCanvas: name =>
      `${name} non è stato allegato: la protezione di questo browser contro il fingerprinting altera le immagini. Consenti a questa pagina di usare il canvas, poi riprova.`,
    svg: name =>
      `${name} è un SVG, che non può essere inviato come immagine. Invialo in formato PNG o JPEG.`,
    notImage: name => `${name} non è un’immagine JPEG, PNG, GIF, WebP, AVIF, HEIC o BMP.`,
    undecodable: (name, format) =>
      `Questo browser non può leggere ${format}: invia ${name} in formato JPEG.`,
    broken: name => `${name} è danneggiato: questo browser non può leggerlo.`,
    tooSlow: name =>
      `${name} non è stato allegato: questo browser impiega troppo tempo a leggerlo. Invia un’immagine più piccola.`,
    pdfTooLarge: (name, most) => `${name} supera ${number(most)} MB.`,
    tooMany: two(
      plural({
        one: 'Un messaggio può contenere al massimo 4 immagini: # immagine non inclusa.',
        other: 'Un messaggio può contenere al massimo 4 immagini: # immagini non incluse.',
      }),
      plural({
        one: 'Un messaggio può contenere un solo PDF: # PDF non incluso.',
        other: 'Un messaggio può contenere un solo PDF: # PDF non inclusi.',
      }),
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `Il modello non è riuscito a leggere ${and(names)}. «Riprova» invia il messaggio senza ${names.length > 1 ? 'questi allegati' : 'questo allegato'}.`,
};
