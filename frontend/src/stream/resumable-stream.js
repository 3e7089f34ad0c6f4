import { answerEvents, isLast } from './answer-events.js';
import { browserNetwork } from './browser-network.js';
import { ChatError, disconnectedProblem, unreachable } from './chat-error.js';
import { httpError } from './failure.js';

export { findLocalGateway } from './browser-network.js';

/** @import { Network } from './browser-network.js' */
/** @import { Config, Request, Send, StreamEvent } from './gateway.js' */
/** @typedef {(signal: AbortSignal) => Promise<Response>} Try */

/**
 * The requests for one answer. `post`: the question, which the gateway answers once however often it
 * arrives; not known after a reload. `get`: the events after a number. `after`: the last event that
 * is known; -1 before the first one.
 * @typedef {{ post?: Try, get: (after: number, signal: AbortSignal) => Promise<Response>, after?: number }} Requests
 */

const PATH = '/v1/chat/stream';
const KEY_BYTES = 16;
const RETRY_DELAYS_MS = [0, 1000, 2000, 4000, 8000, 8000];
const MAX_RETRY_MS = 30_000; // for these delays and requests, while the browser is online
const MAX_ABSENCE_MS = 140_000; // the gateway keeps an answer for 20 s and two minutes
const STATUS_DELAY_MS = 1500; // a shorter reconnection, such as by the second try, is not shown
const SILENCE_TIMEOUT_MS = 25_000; // the gateway sends a comment every ten seconds
const SUSPECT_SILENCE_MS = 12_000; // of a page that is shown again
const STABLE_MS = 10_000; // the life of a connection after which another one gets all its tries
const GET_TIMEOUT_MS = 15_000; // the gateway can wait ten seconds for an event before it responds

/** A random key of 22 base64url characters. */
export function resumeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * @param {Request} request
 * @param {string} key
 * @param {string} [body]  of the question
 * @returns {Requests}
 */
export function requests(request, key, body) {
  return {
    post: body ? signal => request('/v1/chat', { method: 'POST', body, signal }, key) : undefined,
    get: (after, signal) =>
      request(`${PATH}${after < 0 ? '' : `?after=${after}`}`, { signal }, key),
  };
}

/**
 * Ends an answer that the gateway keeps. If the request is lost, the gateway ends it after some time
 * without a reader.
 * @param {Send} send
 * @param {Config} config
 * @param {string} key
 */
export function cancel(send, config, key) {
  send(config, PATH, { method: 'DELETE', keepalive: true }, key).catch(() => {});
}

/**
 * Streams an answer that outlives its connections: after a break it goes on after the last event that
 * was received, so that no text is lost, doubled or requested twice. Throws the ChatError `broken_off`
 * when the gateway no longer has the answer or cannot be reached for too long, another ChatError as
 * the gateway has it, or the AbortError of the signal.
 * @param {Requests} requests
 * @param {AbortSignal} signal
 * @param {Network} [network]
 * @returns {AsyncGenerator<StreamEvent>}
 */
export async function* resumableStream(requests, signal, network = browserNetwork) {
  const { post, get } = requests;
  let last = requests.after ?? -1;
  let isKnown = !post; // whether the gateway has received the question
  let isKept = true; // whether it keeps the answer
  let heardAt = Date.now();
  let tries = 0; // since the last event
  let triedMs = 0;
  let retryAfterMs = 0;
  let connection = new AbortController();
  let isPosting = false; // for as long as the body takes
  let isReading = false;

  const abort = () => connection.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const unwatch = network.watch(change => {
    const isSilent = isReading && Date.now() - heardAt > SUSPECT_SILENCE_MS;
    if (change === 'online' ? isPosting || isReading : isSilent) connection.abort();
  });
  try {
    let response = post && (await open(post));
    for (;;) {
      response ??= yield* reconnect();
      if (response.status === 204) return yield { type: 'completed' };
      isReading = true;
      const openedAt = Date.now();
      const options = { timeout: SILENCE_TIMEOUT_MS, onBytes };
      for await (const event of response.body ? answerEvents(response.body, options) : []) {
        if (!isNew(event)) continue;
        yield event;
        if (isLast(event)) return;
      }
      isReading = false;
      signal.throwIfAborted();
      if (!isKept) throw new ChatError(disconnectedProblem());
      if (Date.now() - openedAt > STABLE_MS) resetTries();
      response = undefined;
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', abort);
    connection.abort();
  }

  /** @param {StreamEvent} event */
  function isNew(event) {
    const { number = last + 1 } = event;
    if (number <= last) return false;
    last = number;
    isKnown = true;
    if (event.type === 'created') isKept = event.resumable === true;
    resetTries();
    return true;
  }

  function onBytes() {
    heardAt = Date.now();
  }

  function resetTries() {
    tries = triedMs = 0;
  }

  /** @returns {AsyncGenerator<StreamEvent, Response>} */
  async function* reconnect() {
    const found = search();
    const shown = pause(STATUS_DELAY_MS, signal).then(() => undefined);
    shown.catch(() => {});
    const early = await Promise.race([found, shown]);
    if (early) return early;
    yield { type: isKnown || !network.isOnline() ? 'reconnecting' : 'waking' };
    const response = await found;
    yield { type: 'connected' };
    return response;
  }

  /** The time that the browser is offline counts only against the time that the gateway waits. */
  async function search() {
    for (;;) {
      if (tries === RETRY_DELAYS_MS.length || triedMs >= MAX_RETRY_MS) throw lost();
      const delay = RETRY_DELAYS_MS[tries];
      if (network.isOnline()) await pause(Math.max(delay, retryAfterMs), signal);
      await untilOnline(network, heardAt + MAX_ABSENCE_MS, signal);
      const start = Date.now();
      if (start >= heardAt + MAX_ABSENCE_MS) throw lost();
      tries++;
      const response = await request();
      triedMs += delay + Date.now() - start;
      if (response) return response;
      if (!network.isOnline()) tries--;
    }
  }

  /** One try. Undefined if another one can help. */
  async function request() {
    const response = await open(each => get(last, each), GET_TIMEOUT_MS);
    if (response?.status !== 404) return response;
    if (isKnown || !post) throw lost();
    return open(post); // the question has not arrived
  }

  /**
   * The response to a request: a success, or 404 if the gateway does not have the answer. Undefined if
   * there is none, or if it is not final.
   * @param {Try} send
   * @param {number} [timeout]  milliseconds
   * @returns {Promise<Response | undefined>}
   */
  async function open(send, timeout) {
    signal.throwIfAborted();
    connection.abort();
    const own = new AbortController();
    connection = own;
    const timer = timeout && setTimeout(() => own.abort(), timeout);
    isPosting = send === post;
    const response = await send(own.signal).catch(() => undefined);
    isPosting = false;
    clearTimeout(timer);
    signal.throwIfAborted();
    if (!response) return undefined;
    if (response.ok) {
      onBytes();
      return response;
    }
    const error = await httpError(response);
    signal.throwIfAborted();
    if (send === post) {
      if (error.isFromHost) return undefined;
      throw error;
    }
    return gotten(response, error);
  }

  /**
   * @param {Response} response  to a GET that failed
   * @param {ChatError} error
   */
  function gotten(response, { info, isFromHost }) {
    const { status } = response;
    retryAfterMs = 1000 * (info.retryAfter ?? 0);
    if (status === 429 || status >= 500 || isFromHost || info.code === 'http_404') return undefined;
    if (status === 404) return response;
    throw lost();
  }

  function lost() {
    return isKnown ? new ChatError(disconnectedProblem()) : unreachable();
  }
}

/**
 * @param {number} delay  milliseconds
 * @param {AbortSignal} signal
 */
async function pause(delay, signal) {
  signal.throwIfAborted();
  if (delay <= 0) return;
  /** @type {() => void} */
  let end = () => {};
  const ended = new Promise(resolve => {
    end = () => resolve(undefined);
  });
  const timer = setTimeout(end, delay);
  signal.addEventListener('abort', end);
  await ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
}

/**
 * Waits until the browser is online, at most until a time.
 * @param {Network} network
 * @param {number} end  epoch milliseconds
 * @param {AbortSignal} signal
 */
async function untilOnline(network, end, signal) {
  if (network.isOnline()) return;
  /** @type {() => void} */
  let unwatch = () => {};
  const online = new Promise(resolve => {
    unwatch = network.watch(change => change === 'online' && resolve(undefined));
  });
  await Promise.race([online, pause(end - Date.now(), signal)]).finally(unwatch);
}
