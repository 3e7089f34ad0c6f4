/** @import { ChatError } from './chat-error.js' */
/** @import { Request } from './gateway.js' */
/** @typedef {ReturnType<typeof capabilities>} Capabilities */

/**
 * `restart`: an answer can begin again with another model. `resumption`: the module that resumes
 * answers.
 * @typedef {{ restart?: boolean, resumption?: typeof import('./resumable-stream.js') }} Announced
 */

const CONFIGURATION_ERRORS = ['invalid_request', 'unreachable'];

/**
 * What the gateway announces that it can do: nothing until it has said so. It is asked once, and
 * again by a later use if no answer arrived.
 * @param {Request} request
 */
export function capabilities(request) {
  /** @type {Announced} */
  let announced = {};
  /** @type {Promise<void> | undefined} */
  let asked;
  return { ask, onError, announced: () => announced };

  function ask() {
    if (asked) return;
    asked = load().catch(() => {
      asked = undefined;
    });
  }

  /** The module that resumes answers is loaded before one is requested, because it is used offline. */
  async function load() {
    const response = await request('/v1/models', {});
    if (response.status === 429 || response.status >= 500) throw new Error('no answer');
    const { data } = response.ok ? await response.json() : { data: [] };
    const names = data[0]?.capabilities ?? [];
    const resumption = names.includes('resume') ? await import('./resumable-stream.js') : undefined;
    announced = { restart: names.includes('restart'), resumption };
  }

  /** Asks again later after a failure that another configuration can explain. @param {ChatError} error */
  function onError({ info }) {
    if (!CONFIGURATION_ERRORS.includes(info.code)) return;
    announced = {};
    asked = undefined;
  }
}
