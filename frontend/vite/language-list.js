/** The languages of the page, as PAGE_LANGUAGE names them. The HTML is in English. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ar'];
