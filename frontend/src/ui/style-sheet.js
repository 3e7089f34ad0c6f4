import { element } from '../element.js';

/**
 * Loads a style sheet that is needed on demand. Its failure is like that of a module.
 * @param {string} href
 */
export function styleSheet(href) {
  return new Promise((resolve, reject) => {
    const link = element('link', { rel: 'stylesheet', href });
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new TypeError(`module ${href} cannot be loaded`));
    };
    document.head.append(link);
  });
}
