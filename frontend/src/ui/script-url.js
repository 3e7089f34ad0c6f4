/** @typedef {{ createScriptURL: (url: string) => string }} ScriptPolicy */

/** @type {{ createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy } | undefined} */
const trusted = Reflect.get(globalThis, 'trustedTypes');
const policy = trusted?.createPolicy('app', { createScriptURL: ownScript });

/**
 * A URL of a script of the page, as Trusted Types demand it. There is no other policy.
 * @param {string} url
 */
export function scriptUrl(url) {
  return policy?.createScriptURL(url) ?? ownScript(url);
}

/** @param {string} url */
function ownScript(url) {
  const folder = new URL('./', document.baseURI).href;
  if (!new URL(url, folder).href.startsWith(folder)) throw new TypeError(`not our script: ${url}`);
  return url;
}
