import { forms } from '../forms.js';

/** @import { Texts } from '../english.js' */

const { number, plural, and, two } = forms('fr');

/** @type {Texts['attachments']} */
export const attachments = {
  list: 'Pièces jointes de ce message',
  attach: accepts =>
    `Joindre ${and([accepts.includes('images') && 'des images', accepts.includes('files') && 'un PDF', 'des fichiers texte'])}`,
  camera: 'Prendre une photo',
  preparing: name => `Préparation de ${name}`,
  added: two(
    plural({ one: '# image jointe', other: '# images jointes' }),
    plural({ one: '# PDF joint', other: '# PDF joints' }),
    and,
  ),
  open: name => `Afficher ${name}`,
  remove: name => `Retirer ${name}`,
  removed: name => `${name} retiré`,
  removedHere: name => `${name} a été retiré de cette conversation.`,
  undo: 'Rétablir',
  restored: name => `${name} est de nouveau dans cette conversation`,
  pages: plural({ one: '# page', other: '# pages' }),
  size: (width, height) => `${width} × ${height}`,
  description: 'Description (facultative)',
  descriptionNote:
    'Pour les personnes qui utilisent un lecteur d’écran. Elle reste dans ce navigateur.',
  takeOut: 'Retirer de cette conversation',
  removeHere: 'Retirer',
  download: 'Télécharger',
  close: 'Fermer',
  notSent: {
    earlier: 'N’est plus envoyé au modèle',
    refused: 'Le modèle n’a pas pu le lire : ne sera pas renvoyé',
    textOnly: 'Non envoyé : ce chat n’accepte plus que du texte',
  },
  attached: 'Pièces jointes',
  takenOut: 'Retiré de cette conversation',
  problems: {
    textOnly: name => `${name} n’a pas été joint : ce chat n’accepte que des fichiers texte.`,
    noImages: name => `${name} n’a pas été joint : ce chat n’accepte pas les images.`,
    noFiles: name => `${name} n’a pas été joint : ce chat n’accepte pas les PDF.`,
    unknown: name =>
      `${name} n’a pas été joint : le service de chat n’a pas encore indiqué s’il accepte ce type de fichier. Veuillez réessayer.`,
    notLoaded: name =>
      `${name} n’a pas été joint : une partie de cette page n’a pas pu être chargée. Veuillez réessayer.`,
    protectedCanvas: name =>
      `${name} n’a pas été joint : la protection de ce navigateur contre le pistage par empreinte modifie les images. Veuillez autoriser cette page à utiliser le canevas (canvas), puis réessayer.`,
    svg: name =>
      `${name} est un SVG, qui ne peut pas être envoyé comme image. Veuillez l’envoyer en PNG ou JPEG.`,
    notImage: name => `${name} n’est pas une image JPEG, PNG, GIF, WebP, AVIF, HEIC ou BMP.`,
    undecodable: (name, format) =>
      `Ce navigateur ne peut pas lire le format ${format} : veuillez envoyer ${name} en JPEG.`,
    broken: name => `${name} est endommagé : ce navigateur ne peut pas le lire.`,
    tooSlow: name =>
      `${name} n’a pas été joint : ce navigateur met trop de temps à le lire. Veuillez envoyer une image plus petite.`,
    pdfTooLarge: (name, most) => `${name} dépasse ${number(most)} Mo.`,
    tooMany: two(
      plural({
        one: 'Un message peut contenir 4 images au maximum : # image omise.',
        other: 'Un message peut contenir 4 images au maximum : # images omises.',
      }),
      plural({
        one: 'Un message peut contenir un seul PDF : # PDF omis.',
        other: 'Un message peut contenir un seul PDF : # PDF omis.',
      }),
      texts => texts.join(' '),
    ),
  },
  refused: names =>
    `Le modèle n’a pas pu lire ${and(names)}. « Réessayer » envoie le message sans ${names.length > 1 ? 'ces pièces jointes' : 'cette pièce jointe'}.`,
};
