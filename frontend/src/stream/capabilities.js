import { ChatError, notLoaded, unreachable } from './chat-error.js';
import { instructionMessages } from './instruction-messages.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Choices, Conversation } from '../conversation/conversation.js' */
/** @import { Request } from './gateway.js' */
/** @typedef {ReturnType<typeof capabilities>} Capabilities */

/** @typedef {{ id: string, label: string, capabilities: string[] }} Model */
/** @typedef {'images' | 'files'} Accepted */

/**
 * `models`: the default first; `canChoose`: the user can choose for an answer; `restart`: an answer can begin again with another model; `resumption`:
 * the module that resumes answers; `accepts`: what can be attached.
 * @typedef {object} Announced
 * @property {Model[]} [models]
 * @property {boolean} [canChoose]
 * @property {boolean} [restart]
 * @property {Accepted[]} [accepts]
 * @property {typeof import('./resumable-stream.js')} [resumption]
 */

const UNANSWERED = [401, 429]; // an access code is required, or the rate is exceeded
const MAX_WAIT_MS = 10_000;
const MAX_KEY_WAIT_MS = 1000;
/** @type {Accepted[]} */
const ACCEPTED = ['images', 'files'];
const CONFIGURATION_ERRORS = ['invalid_request', 'model_not_found', 'unreachable'];

/**
 * What the gateway announces that it can do: nothing until it has said so. It is asked once, and
 * again by a later use if no answer arrived.
 * @param {Request} request
 * @param {(announced: Announced) => void} onAnnounced
 */
export function capabilities(request, onAnnounced) {
  /** @type {Announced} */
  let announced = {};
  /** @type {Promise<void> | undefined} */
  let asked;
  /** @type {unknown} */
  let failure;
  return { ask, onError, announced: () => announced, whenAccepts, resumeKey, requestBody };

  function ask() {
    if (asked) return;
    failure = undefined;
    asked = load().catch(cause => {
      asked = undefined;
      failure = cause;
    });
  }

  async function load() {
    const response = await request('/v1/models', {});
    if (UNANSWERED.includes(response.status) || response.status >= 500) {
      const { httpError } = await import('./failure.js').catch(notLoaded);
      throw await httpError(response);
    }
    const { data } = response.ok ? await response.json() : { data: [] };
    const models = readModels(data);
    const names = models[0]?.capabilities ?? [];
    const canSearch = models.some(({ capabilities }) => capabilities.includes('web_search'));
    const canChoose = models.length > 1 || canSearch;
    const accepts = ACCEPTED.filter(name => names.includes(name));
    announced = { models, canChoose, restart: names.includes('restart'), accepts };
    onAnnounced(announced);
    loadStream();
  }

  /**
   * Loads the module that streams answers before one is requested. The one that resumes them is used
   * offline; without it, an answer ends with its connection.
   */
  async function loadStream() {
    const current = announced;
    if (!current.models || current.resumption) return;
    if (current.models[0]?.capabilities.includes('resume'))
      current.resumption = await import('./resumable-stream.js').catch(() => undefined);
    else import('./relay.js').catch(() => {});
  }

  /** Waits for the announcement, or until the request for it fails. @param {number} ms  at most */
  function answered(ms) {
    return Promise.race([asked, delay(ms)]);
  }

  /** What can be attached; undefined if the gateway does not answer. */
  async function whenAccepts() {
    await answered(MAX_WAIT_MS);
    return announced.accepts;
  }

  /** A key for an answer that is asked for before the announcement, which it waits for a moment. */
  async function resumeKey() {
    await Promise.race([asked?.then(loadStream), delay(MAX_KEY_WAIT_MS)]);
    return announced.resumption?.resumeKey();
  }

  /**
   * Forgets what is known after a failure that another configuration can explain. If that comes from
   * the gateway, it is asked again at once, because what can be chosen has changed.
   * @param {ChatError} error  names the attachments that were refused, afterwards
   * @param {PromptMessage[]} [messages]  of the request
   * @param {Choices & Partial<Conversation>} [choices]
   */
  async function onError({ info }, messages, choices = {}) {
    if (!CONFIGURATION_ERRORS.includes(info.code)) return;
    if (info.code === 'invalid_request' && messages && hasAttachments(messages)) {
      const module = await import('../attachments/request-parts.js').catch(() => {});
      const before = instructionMessages(choices).length;
      const known = { before, accepts: announced.accepts, ...choices };
      if (module?.nameRefused(info, messages, known)) return;
    }
    announced = {};
    asked = undefined;
    failure = undefined;
    if (info.code === 'model_not_found') ask();
  }

  /**
   * The body of a question. A field that was not announced is left out, because the gateway refuses
   * what it does not know. Waits a moment for the announcement if it decides about a choice: right
   * after a reload it may not be there. Throws a ChatError rather than leave out what is attached.
   * @param {PromptMessage[]} messages
   * @param {Choices & Partial<Conversation>} [choices]
   */
  async function requestBody(messages, choices = {}) {
    const attached = hasAttachments(messages);
    if (choices.model || choices.webSearch || attached) await answered(MAX_WAIT_MS);
    const { models = [], restart, accepts } = announced;
    if (attached && !accepts && (await wouldSend(messages, choices))) {
      const isFromGateway = failure instanceof ChatError && !failure.isFromHost;
      throw isFromGateway ? failure : unreachable();
    }
    const model = models.find(({ id }) => id === choices.model) ?? models[0];
    const can = (/** @type {string} */ name) => model?.capabilities.includes(name);
    const tools = ['web_search', 'file_search'].filter(
      tool => can(tool) && (tool !== 'web_search' || choices.webSearch),
    );
    // Also an empty list, which the gateway would refuse: all attachments of a question were taken out.
    const input = messages.some(({ attachments }) => attachments)
      ? await import('../attachments/request-parts.js').then(
          ({ withParts }) => withParts(messages, { accepts, ...choices }),
          notLoaded,
        )
      : messages;
    return JSON.stringify({
      messages: [...instructionMessages(choices), ...input],
      ...(restart && { restart }),
      ...(models.length > 1 && { model: model.id }),
      ...(tools.length > 0 && { tools }),
      ...(can('reasoning') && { reasoning: 'summary' }),
    });
  }
}

/** @param {PromptMessage[]} messages */
function hasAttachments(messages) {
  return messages.some(({ attachments }) => attachments?.length);
}

/**
 * Whether anything is attached that is sent if the gateway takes everything.
 * @param {PromptMessage[]} messages
 * @param {Partial<Conversation>} known
 */
async function wouldSend(messages, known) {
  const { sentAttachments } = await import('../attachments/sent-attachments.js').catch(notLoaded);
  return sentAttachments(messages, { ...known, accepts: ACCEPTED }).size > 0;
}

/** @param {number} ms */
function delay(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/**
 * @param {any} data  of the response
 * @returns {Model[]}
 */
function readModels(data) {
  return data
    .filter((/** @type {any} */ model) => typeof model?.id === 'string')
    .map((/** @type {any} */ { id, label, capabilities }) => ({
      id,
      label: typeof label === 'string' && label !== '' ? label : id,
      capabilities: Array.isArray(capabilities) ? capabilities : [],
    }));
}
