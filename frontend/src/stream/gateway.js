import { listeners } from '../listeners.js';
import { ChatError, notLoaded } from './chat-error.js';
import { accessCode } from './config.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Activity } from '../conversation/activity.js' */
/** @import { Choices, Message, Usage } from '../conversation/conversation.js' */
/** @import { Listeners } from '../listeners.js' */
/** @import { Announced, Capabilities } from './capabilities.js' */
/** @typedef {ReturnType<typeof gateway>} Gateway */
/** @typedef {{ gatewayUrl: string, gatewayToken: string, embedOrigins?: string[] }} Config */
/** @typedef {(path: string, options: RequestInit, key?: string) => Promise<Response>} Request */
/** @typedef {typeof send} Send */

const LOAD_DELAY_MS = 2000; // between two tries
const MAX_LOAD_MS = 30_000; // for all tries, without the time that the browser is offline
const MAX_ABSENCE_MS = 140_000; // the gateway keeps an answer for 20 s and two minutes
const BEFORE_ANSWER = ['waking', 'reconnecting', 'connected', 'keyed']; // events

/**
 * A question, or with `after` instead of `messages` the rest of an answer. With a key the answer
 * outlives its connections.
 * @typedef {{ messages?: PromptMessage[], key?: string, after?: number }} AnswerRequest
 */

/**
 * `number`: of an event of the gateway, growing. `connected` ends `reconnecting`. `keyed`: the answer
 * can be resumed, which was not known when it was asked for. `activity` has the change that it makes,
 * so that its module is loaded with the first one.
 * @typedef {{ number?: number } & ({ type: 'waking' | 'reconnecting' | 'connected' }
 *   | { type: 'keyed', key: string }
 *   | { type: 'created' | 'restarted', model: string, resumable?: boolean }
 *   | { type: 'delta', text: string }
 *   | { type: 'activity', activity: (message: Message, at: number) => Activity }
 *   | { type: 'completed', usage?: Usage }
 *   | { type: 'incomplete', reason: string, usage?: Usage })} StreamEvent
 */

/**
 * Gateway client: sends a prompt and yields the events of the answer. Has no notion of conversations.
 * @param {() => Promise<Config>} config
 */
export function gateway(config) {
  /** @type {Capabilities | undefined} */
  let capabilities;
  /** @type {Listeners<Announced>} */
  const announcements = listeners();
  return {
    config,
    stream,
    prepare: () => prepare().catch(() => {}),
    onAnnounced: announcements.add,
    /** What can be attached to a message, as far as it is known. */
    accepts: () => capabilities?.announced().accepts,
    /** The same, after the gateway was asked. */
    whenAccepts: async () => (await prepare()).whenAccepts(),
    /** A key for a new answer, if the gateway can keep it. */
    resumeKey: () => capabilities?.announced().resumption?.resumeKey(),
    /** Ends an answer that the gateway keeps. Resolves when the request was sent. */
    cancel: async (/** @type {string} */ key) =>
      (await import('./resumable-stream.js')).cancel(send, await config(), key),
  };

  /** Asks what the gateway can do, unless it is known. Until then, and on failure, it is nothing. */
  async function prepare() {
    const module = await import('./capabilities.js');
    capabilities ??= module.capabilities(request, announcements.notify);
    capabilities.ask();
    return capabilities;
  }

  /**
   * Streams one answer. The last event is `completed` or `incomplete`. Throws a ChatError, or the
   * AbortError of the signal.
   * @param {AnswerRequest} answer
   * @param {AbortSignal} signal
   * @param {Choices} [choices]
   * @returns {AsyncGenerator<StreamEvent>}
   */
  async function* stream(answer, signal, choices) {
    let hasBegun = false;
    try {
      for await (const event of attempt(answer, signal, choices)) {
        hasBegun ||= !BEFORE_ANSWER.includes(event.type);
        yield event;
      }
    } catch (cause) {
      if (hasBegun || !(await entersCode(cause))) throw cause;
      signal.throwIfAborted();
      yield* stream(answer, signal, choices);
    }
  }

  /**
   * Whether the user has entered an access code after a failure without one.
   * @param {unknown} cause
   */
  async function entersCode(cause) {
    if (!(cause instanceof ChatError) || cause.info.code !== 'access_code_required') return false;
    const { enterAccessCode } = await import('../access-code.js').catch(notLoaded);
    return enterAccessCode(async code => {
      const { status } = await send({ ...(await config()), gatewayToken: code }, '/v1/models', {});
      return status;
    }, accessCode.write);
  }

  /**
   * @param {AnswerRequest} answer
   * @param {AbortSignal} signal
   * @param {Choices} [choices]
   * @returns {AsyncGenerator<StreamEvent>}
   */
  async function* attempt({ messages, key: known, after }, signal, choices) {
    if (!messages) prepare().catch(() => {});
    const gateway = messages && (await prepare().catch(notLoaded));
    const key = known ?? (await gateway?.resumeKey());
    if (key && !known) yield { type: 'keyed', key };
    const body = messages && (await gateway?.requestBody(messages, choices));
    const post = () => request('/v1/chat', { method: 'POST', body, signal });
    try {
      if (key) {
        const { resumableStream, requests } = yield* resumption(signal);
        yield* resumableStream({ ...requests(request, key, body), after }, signal);
      } else {
        const { relay } = await import('./relay.js').catch(notLoaded);
        yield* relay(config, post, signal);
      }
    } catch (cause) {
      if (cause instanceof ChatError) await capabilities?.onError(cause, messages, choices);
      throw cause;
    }
  }

  /**
   * The module that resumes answers. After a reload it is not loaded yet, and the gateway keeps the
   * answer for a while.
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<StreamEvent, typeof import('./resumable-stream.js')>}
   */
  async function* resumption(signal) {
    const start = Date.now();
    let waitedMs = 0; // while the browser was online
    for (let tries = 0; ; tries++) {
      const module = await import('./resumable-stream.js').catch(() => {});
      if (module && tries > 0) yield { type: 'connected' };
      if (module) return module;
      if (waitedMs >= MAX_LOAD_MS || Date.now() - start >= MAX_ABSENCE_MS) notLoaded();
      yield { type: 'reconnecting' };
      if (navigator.onLine) waitedMs += LOAD_DELAY_MS;
      await new Promise(resolve => setTimeout(resolve, LOAD_DELAY_MS));
      signal.throwIfAborted();
    }
  }

  /** Forgets an access code that is no longer valid, and tries the public token. @type {Request} */
  async function request(path, options, key) {
    const response = await send(await config(), path, options, key);
    if (response.status !== 401 || !accessCode.read()) return response;
    accessCode.write('');
    return send(await config(), path, options, key);
  }
}

/**
 * @param {Config} config
 * @param {string} path
 * @param {RequestInit} options
 * @param {string} [key]  of an answer that the gateway keeps
 */
function send({ gatewayUrl, gatewayToken }, path, options, key) {
  const headers = {
    Authorization: `Bearer ${gatewayToken}`,
    ...(options.body && { 'Content-Type': 'application/json' }),
    ...(key && { 'Resume-Key': key }),
  };
  return fetch(gatewayUrl + path, { cache: 'no-store', ...options, headers });
}
