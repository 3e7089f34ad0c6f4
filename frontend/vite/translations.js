import { texts as ar } from '../src/languages/ar.js';
import { texts as de } from '../src/languages/de.js';
import { texts as es } from '../src/languages/es.js';
import { texts as fr } from '../src/languages/fr.js';
import { texts as it } from '../src/languages/it.js';
import { texts as nl } from '../src/languages/nl.js';
import { texts as pt } from '../src/languages/pt.js';

/** @import { Texts } from '../src/languages/english.js' */

/** The texts of each language but English. @type {Record<string, Texts>} */
export const translations = { de, fr, es, it, pt, nl, ar };
