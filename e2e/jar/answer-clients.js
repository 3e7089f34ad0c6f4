/** @import { Gateway } from '../support/gateway.js' */
/** @typedef {typeof CLIENTS[number]} AnswerClient */
/**
 * @typedef {object} Options
 * @property {string} [question]
 * @property {object} [body]  fields that replace those of the client
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

/**
 * What a client has in the end.
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} end  `completed`, `incomplete`, `error`, or `none` for a stream without an end
 * @property {string} text
 * @property {string} refusal
 * @property {string[]} calls  the arguments of each function call
 * @property {string[]} models  as reported, in this order
 * @property {number} restarts
 * @property {string} [code]  of the error
 * @property {boolean} [retryable]  of the error
 * @property {number} [outputTokens]
 * @property {string} received  the body and the headers
 * @property {number} ms
 */

export const TOKEN = 'the-public-token-of-the-page';
export const PROGRAM_TOKEN = 'the-secret-token-of-a-program';

/** The settings of a gateway for these clients. */
export const CLIENT_SETTINGS = {
  GATEWAY_TOKEN: TOKEN,
  API_TOKENS: `program:${PROGRAM_TOKEN}`,
  RATE_LIMIT_PER_MINUTE: '10000',
  MAX_STREAMS_PER_CLIENT: '1000',
  API_RATE_LIMIT_PER_MINUTE: '10000',
  API_MAX_STREAMS: '1000',
  SERVE_PAGE: 'false',
};

/** The page, and programs with and without a stream. Only the page knows `response.restarted`. */
export const CLIENTS = /** @type {const} */ ([
  { name: 'page', path: '/v1/chat', isStream: true, restarts: true, read: readChat },
  {
    name: 'responses, streamed',
    path: '/v1/responses',
    isStream: true,
    restarts: false,
    read: readResponses,
  },
  {
    name: 'completions, streamed',
    path: '/v1/chat/completions',
    isStream: true,
    restarts: false,
    read: readChunks,
  },
  {
    name: 'responses, whole',
    path: '/v1/responses',
    isStream: false,
    restarts: true,
    read: readResponse,
  },
  {
    name: 'completions, whole',
    path: '/v1/chat/completions',
    isStream: false,
    restarts: true,
    read: readCompletion,
  },
]);

/**
 * Asks for an answer and reads it to its end. Each request comes from an address of its own.
 * @param {Gateway} gateway
 * @param {AnswerClient} client
 * @param {string} id  of the request
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
export async function ask(gateway, client, id, options = {}) {
  const start = performance.now();
  const response = await post(gateway, client, id, options);
  const body = await response.text();
  const answer = response.ok ? client.read(body) : fail(nothing(), JSON.parse(body).error);
  const received = `${JSON.stringify([...response.headers])}\n${body}`;
  return { ...answer, status: response.status, received, ms: performance.now() - start };
}

/**
 * @param {Gateway} gateway
 * @param {AnswerClient} client
 * @param {string} id
 * @param {Options} [options]
 */
export function post(
  gateway,
  client,
  id,
  { question = 'Hello', body = {}, headers = {}, signal } = {},
) {
  return fetch(`${gateway.url}${client.path}`, {
    method: 'POST',
    signal,
    headers: {
      Authorization: `Bearer ${client.name === 'page' ? TOKEN : PROGRAM_TOKEN}`,
      'Content-Type': 'application/json',
      'X-Request-Id': id,
      'X-Forwarded-For': nextAddress(),
      ...headers,
    },
    body: JSON.stringify({ ...requestBody(client, question), ...body }),
  });
}

let addresses = 0;

function nextAddress() {
  addresses++;
  return `198.18.${addresses >> 8}.${addresses & 255}`;
}

/**
 * @param {AnswerClient} client
 * @param {string} question
 */
function requestBody(client, question) {
  const messages = [{ role: 'user', content: question }];
  if (client.name === 'page') return { messages, restart: true };
  if (client.path === '/v1/responses') return { input: question, stream: client.isStream };
  const usage = client.isStream ? { stream_options: { include_usage: true } } : {};
  return { messages, stream: client.isStream, ...usage };
}

function nothing() {
  return /** @type {Answer} */ ({
    status: 0,
    end: 'none',
    text: '',
    refusal: '',
    calls: [],
    models: [],
    restarts: 0,
    received: '',
    ms: 0,
  });
}

/**
 * @param {Answer} answer
 * @param {{ code: string, retryable?: boolean }} error
 */
function fail(answer, { code, retryable }) {
  return Object.assign(answer, { end: 'error', code, retryable });
}

/** @param {string} body */
function readChat(body) {
  const answer = nothing();
  for (const event of events(body)) {
    if (answer.end !== 'none') throw new Error(`an event after the last one: ${event.type}`);
    if (event.type === 'response.restarted') {
      Object.assign(answer, { text: '', refusal: '', restarts: answer.restarts + 1 });
    }
    addEvent(answer, event);
  }
  return answer;
}

/**
 * A stream that fails has both events of a failure, the second one last.
 * @param {string} body
 */
function readResponses(body) {
  const answer = nothing();
  const all = events(body);
  for (const event of all) addEvent(answer, event);
  const [previous, last] = all.slice(-2).map(({ type }) => type);
  if (answer.end === 'error' && !(previous === 'error' && last === 'response.failed'))
    throw new Error(`a failure ends with ${previous} and ${last}`);
  const { output } = all.at(-1).response;
  if (answer.end === 'completed' && textOf(output) !== answer.text)
    throw new Error('the last event has another text than the deltas');
  answer.calls = callsOf(output);
  return answer;
}

/**
 * @param {Answer} answer
 * @param {any} event
 */
function addEvent(answer, event) {
  if (event.type === 'response.output_text.delta') answer.text += event.delta;
  if (event.type === 'response.refusal.delta') answer.refusal += event.delta;
  if (event.type === 'error') fail(answer, event.error);
  if (event.response?.model) answer.models.push(event.response.model);
  if (/\.(completed|incomplete)$/.test(event.type)) {
    answer.end = event.response.status;
    answer.outputTokens = event.response.usage?.output_tokens;
  }
}

/** @param {string} body */
function readChunks(body) {
  const answer = nothing();
  for (const chunk of events(body)) {
    const [choice] = chunk.choices ?? [];
    answer.text += choice?.delta.content ?? '';
    answer.refusal += choice?.delta.refusal ?? '';
    for (const { index, function: call } of choice?.delta.tool_calls ?? [])
      answer.calls[index] = (answer.calls[index] ?? '') + call.arguments;
    if (chunk.model) answer.models.push(chunk.model);
    if (chunk.usage) answer.outputTokens = chunk.usage.completion_tokens;
    if (choice?.finish_reason) answer.end = finish(choice.finish_reason);
    if (chunk.error) fail(answer, chunk.error);
  }
  const isDone = body.endsWith('data: [DONE]\n\n');
  if (isDone !== /complete/.test(answer.end)) throw new Error(`[DONE] after ${answer.end}`);
  return answer;
}

/** @param {string} body */
function readResponse(body) {
  const { status, model, output, usage } = JSON.parse(body);
  const answer = { ...nothing(), end: status, models: [model], outputTokens: usage?.output_tokens };
  return { ...answer, text: textOf(output), refusal: refusalOf(output), calls: callsOf(output) };
}

/** @param {string} body */
function readCompletion(body) {
  const { model, choices, usage } = JSON.parse(body);
  const [{ message, finish_reason }] = choices;
  return {
    ...nothing(),
    end: finish(finish_reason),
    text: message.content ?? '',
    refusal: message.refusal ?? '',
    calls: (message.tool_calls ?? []).map((/** @type {any} */ it) => it.function.arguments),
    models: [model],
    outputTokens: usage?.completion_tokens,
  };
}

/** @param {string} reason */
function finish(reason) {
  return reason === 'stop' || reason === 'tool_calls' ? 'completed' : 'incomplete';
}

/** @param {any[]} output */
function textOf(output) {
  return parts(output)
    .map(part => part.text ?? '')
    .join('');
}

/** @param {any[]} output */
function refusalOf(output) {
  return parts(output)
    .map(part => part.refusal ?? '')
    .join('');
}

/** @param {any[]} output */
function callsOf(output) {
  return output.filter(({ type }) => type === 'function_call').map(call => call.arguments);
}

/**
 * @param {any[]} output
 * @returns {any[]}
 */
function parts(output) {
  return output.flatMap(({ content }) => content ?? []);
}

/**
 * The data of each event of a stream, without `[DONE]`.
 * @param {string} body
 * @returns {any[]}
 */
function events(body) {
  return [...body.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(`${data}`));
}
