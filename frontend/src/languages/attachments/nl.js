import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('nl');

const image = plural({ one: '# afbeelding', other: '# afbeeldingen' });
const pdf = plural({ one: '# PDF', other: '# PDF’s' });

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Bijlagen bij dit bericht',
  attach: accepts =>
    `${and([accepts.includes('images') && 'Afbeeldingen', accepts.includes('files') && 'PDF', 'tekstbestanden'])} toevoegen`,
  camera: 'Foto maken',
  preparing: name => `${name} wordt voorbereid`,
  added: two(image, pdf, texts => `${and(texts)} toegevoegd`),
  open: name => `${name} tonen`,
  remove: name => `${name} verwijderen`,
  removed: name => `${name} verwijderd`,
  removedHere: name => `${name} is uit dit gesprek verwijderd.`,
  undo: 'Ongedaan maken',
  restored: name => `${name} staat weer in dit gesprek`,
  pages: plural({ one: '# pagina', other: '# pagina’s' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Beschrijving (optioneel)',
  descriptionNote: 'Voor mensen die een schermlezer gebruiken. Ze blijft in deze browser.',
  takeOut: 'Uit dit gesprek verwijderen',
  removeHere: 'Verwijderen',
  download: 'Downloaden',
  close: 'Sluiten',
  notSent: {
    earlier: 'Wordt niet meer naar het model gestuurd',
    refused: 'Het model kon het niet lezen: wordt niet opnieuw verstuurd',
    textOnly: 'Niet verstuurd: deze chat accepteert nu alleen tekst',
  },
  attached: 'Bijlagen',
  takenOut: 'Uit dit gesprek verwijderd',
  problems: {
    textOnly: name => `${name} is niet toegevoegd: deze chat accepteert alleen tekstbestanden.`,
    noImages: name => `${name} is niet toegevoegd: deze chat accepteert geen afbeeldingen.`,
    noFiles: name => `${name} is niet toegevoegd: deze chat accepteert geen PDF’s.`,
    unknown: name =>
      `${name} is niet toegevoegd: de chatdienst heeft nog niet laten weten of hij zulke bestanden accepteert. Probeer het opnieuw.`,
    notLoaded: name =>
      `${name} is niet toegevoegd: een deel van deze pagina kon niet worden geladen. Probeer het opnieuw.`,
    protectedCanvas: name =>
      `${name} is niet toegevoegd: de bescherming van deze browser tegen fingerprinting verandert afbeeldingen. Sta deze pagina toe het canvas te gebruiken en probeer het opnieuw.`,
    svg: name =>
      `${name} is een SVG, die niet als afbeelding kan worden verstuurd. Verstuur het bestand als PNG of JPEG.`,
    notImage: name => `${name} is geen afbeelding in JPEG, PNG, GIF, WebP, AVIF, HEIC of BMP.`,
    undecodable: (name, format) =>
      `Deze browser kan ${format} niet lezen: verstuur ${name} als JPEG.`,
    broken: name => `${name} is beschadigd: deze browser kan het niet lezen.`,
    tooSlow: name =>
      `${name} is niet toegevoegd: deze browser doet er te lang over om het te lezen. Verstuur een kleinere afbeelding.`,
    pdfTooLarge: (name, most) => `${name} is groter dan ${number(most)} MB.`,
    tooMany: two(
      count => `In een bericht passen hooguit 4 afbeeldingen: ${image(count)} weggelaten.`,
      count => `In een bericht past één PDF: ${pdf(count)} weggelaten.`,
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `Het model kon ${and(names)} niet lezen. ‘Opnieuw proberen’ verstuurt het bericht zonder ${names.length > 1 ? 'deze bijlagen' : 'deze bijlage'}.`,
};
