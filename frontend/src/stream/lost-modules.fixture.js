import { register } from 'node:module';

const HOOKS = `
  let isLost;
  export const initialize = buffer => {
    isLost = new Uint8Array(buffer);
  };
  export function resolve(specifier, context, next) {
    const index = NAMES.findIndex(name => specifier.endsWith(name));
    if (isLost[index]) throw new TypeError('Failed to fetch dynamically imported module');
    return next(specifier, context);
  }
`;

/**
 * Modules that cannot be imported from now on. An import that has succeeded succeeds again.
 * @param {string[]} names  how their specifiers end
 */
export function lostModules(...names) {
  const buffer = new SharedArrayBuffer(names.length);
  const isLost = new Uint8Array(buffer).fill(1);
  const source = `const NAMES = ${JSON.stringify(names)};${HOOKS}`;
  register(`data:text/javascript,${encodeURIComponent(source)}`, { data: buffer });
  return {
    /** @param {string} name */
    find: name => isLost.fill(0, names.indexOf(name), names.indexOf(name) + 1),
  };
}
