import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import fc from 'fast-check';
import { ChatError } from './chat-error.js';
import { resumableStream, resumeKey } from './resumable-stream.js';

/** @import { StreamEvent } from './gateway.js' */
/** @typedef {'post' | number} Requested  the number is that of a GET */
/** @typedef {(requested: Requested) => Response | Promise<Response>} Answer */

const WORDS = ['The ', 'quick ', 'brown ', 'fox ', 'jumps.'];
const LAST = WORDS.length + 1; // number of the terminal event
const GONE = () => json(404, 'not_found');

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
});
afterEach(() => mock.timers.reset());

test('an answer is whole wherever its connections break', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: LAST }), { maxLength: 6 }), async cuts => {
      const lengths = [...cuts, LAST + 1]; // events of each connection
      const { text, requests } = await stream(requested =>
        broken(events(requested === 'post' ? 0 : requested + 1), lengths.shift() ?? 0),
      );
      assert.equal(text, WORDS.join(''));
      assert.equal(requests.filter(each => each === 'post').length, 1);
    }),
    { numRuns: 40 },
  );
});

test('an answer that is resumed after a reload is never posted', async () => {
  const { text, requests } = await stream(() => whole(3), { after: 2, isReloaded: true });
  assert.equal(text, WORDS.slice(2).join(''));
  assert.deepEqual(requests, [2]);
});

test('events that arrive twice count once', async () => {
  const answers = [broken(events(0), 3), whole(1)];
  const { text } = await stream(() => /** @type {Response} */ (answers.shift()));
  assert.equal(text, WORDS.join(''));
});

test('a 204 is the end of a complete answer', async () => {
  const answers = [broken(events(0), LAST), new Response(null, { status: 204 })];
  const { text, last, requests } = await stream(() => /** @type {Response} */ (answers.shift()));
  assert.deepEqual([text, last?.type], [WORDS.join(''), 'completed']);
  assert.deepEqual(requests, ['post', LAST - 1]);
});

test('a question that may have arrived is asked for, and not posted again', async () => {
  const { text, requests } = await stream(requested => (requested === 'post' ? lost() : whole(0)));
  assert.deepEqual([text, requests], [WORDS.join(''), ['post', -1]]);
});

test('a question that has not arrived is posted again', async () => {
  const answers = [lost, GONE, () => whole(0)];
  const { text, requests } = await stream(() => answers.shift()?.() ?? lost());
  assert.deepEqual([text, requests], [WORDS.join(''), ['post', -1, 'post']]);
});

test('a key that belongs to another question is an error', async () => {
  const { error } = await stream(() => json(409, 'resume_conflict'));
  assert.equal(error?.info.code, 'resume_conflict');
});

test('an answer that the gateway does not keep is not requested again', async () => {
  const { error, requests } = await stream(() => broken([{ ...created, resumable: false }], 1));
  assert.deepEqual([error?.info.code, requests], ['broken_off', ['post']]);
});

for (const status of [400, 401, 404])
  test(`a ${status} ends the answer at once`, async () => {
    const { error, requests } = await stream(requested =>
      requested === 'post' ? broken(events(0), 3) : json(status, 'not_found'),
    );
    assert.deepEqual([error?.info.code, requests], ['broken_off', ['post', 2]]);
  });

test('six tries in thirty seconds are all', async () => {
  const { error, requests, times } = await stream(requested =>
    requested === 'post' ? broken(events(0), 3) : lost(),
  );
  assert.equal(error?.info.code, 'broken_off');
  assert.deepEqual(requests.slice(1), Array(6).fill(2));
  const waits = times.slice(1).map((time, index) => time - times[index]);
  assert.deepEqual(waits, [0, 1000, 2000, 4000, 8000, 8000]);
});

test('tries that get no response end after thirty seconds', async () => {
  const { error, times } = await stream((requested, signal) =>
    requested === 'post' ? broken(events(0), 3) : never(signal),
  );
  assert.equal(error?.info.code, 'broken_off');
  assert.ok(times.length <= 4 && times[times.length - 1] - times[0] <= 30_000);
});

test('a connection that brings nothing new uses up the same tries', async () => {
  const { requests } = await stream(requested =>
    requested === 'post' ? broken(events(0), 3) : new Response(': keep-alive\n\n'),
  );
  assert.equal(requests.length, 7);
});

for (const [what, answer] of /** @type {[string, () => Response][]} */ ([
  ['a host without the gateway', () => new Response('<html>', { status: 404 })],
  ['a gateway that stops', () => json(503, 'overloaded')],
  ['a login page of the network', () => new Response('<html>')],
]))
  test(`${what} is tried again`, async () => {
    const answers = [() => broken(events(0), 3), answer, answer, () => whole(3)];
    const { text } = await stream(() => answers.shift()?.() ?? lost());
    assert.equal(text, WORDS.join(''));
  });

test('Retry-After is waited for', async () => {
  const limited = json(429, 'rate_limited', { 'Retry-After': '20' });
  const answers = [broken(events(0), 3), limited, whole(3)];
  const { text, times } = await stream(() => /** @type {Response} */ (answers.shift()));
  assert.equal(text, WORDS.join(''));
  assert.equal(times[2] - times[1], 20_000);
});

test('no try is made while the browser is offline', async () => {
  const { text, requests, times } = await stream((requested, _signal, network) => {
    if (requested === 'post') {
      network.go(false);
      setTimeout(() => network.go(true), 100_000);
      return broken(events(0), 3);
    }
    return whole(3);
  });
  assert.equal(text, WORDS.join(''));
  assert.deepEqual(requests, ['post', 2]);
  assert.equal(times[1] - times[0], 100_000);
});

test('a browser that stays offline gives up when the gateway forgets the answer', async () => {
  const { error, requests, duration } = await stream((requested, _signal, network) => {
    network.go(false);
    return requested === 'post' ? broken(events(0), 3) : lost();
  });
  assert.deepEqual([error?.info.code, requests], ['broken_off', ['post']]);
  assert.ok(duration >= 120_000 && duration <= 150_000, `${duration}`);
});

test('a connection without a byte for 25 seconds is given up', async () => {
  const { text, times } = await stream(requested =>
    requested === 'post' ? silent(events(0).slice(0, 3)) : whole(3),
  );
  assert.equal(text, WORDS.join(''));
  assert.equal(times[1] - times[0], 25_000);
});

test('a browser that is online again does not wait for the old connection', async () => {
  const { text, times } = await stream((requested, signal, network) => {
    if (requested !== 'post') return whole(3);
    setTimeout(() => network.emit('online'), 5000);
    return silent(events(0).slice(0, 3), signal);
  });
  assert.equal(text, WORDS.join(''));
  assert.equal(times[1] - times[0], 5000);
});

test('a page that is shown again goes on with a question whose body takes long', async () => {
  const { text, requests } = await stream((_requested, _signal, network) => {
    setTimeout(() => network.emit('shown'), 60_000);
    return new Promise(resolve => setTimeout(() => resolve(whole(0)), 90_000));
  });
  assert.deepEqual([text, requests], [WORDS.join(''), ['post']]);
});

test('a browser that is online again asks whether a question has arrived', async () => {
  const { text, requests } = await stream((requested, signal, network) => {
    if (requested !== 'post') return whole(0);
    setTimeout(() => network.emit('online'), 5000);
    return never(signal);
  });
  assert.deepEqual([text, requests], [WORDS.join(''), ['post', -1]]);
});

for (const [silence, wait] of [
  [5000, 25_000],
  [15_000, 15_000],
])
  test(`a page that is shown after ${silence / 1000} s of silence reconnects after ${wait / 1000} s`, async () => {
    const { times } = await stream((requested, signal, network) => {
      if (requested !== 'post') return whole(3);
      setTimeout(() => network.emit('shown'), silence);
      return silent(events(0).slice(0, 3), signal);
    });
    assert.equal(times[1] - times[0], wait);
  });

test('a reconnection by the second try is not shown, a longer one is', async () => {
  for (const [failures, shown] of /** @type {const} */ ([
    [1, []],
    [2, ['reconnecting', 'connected']],
  ])) {
    let failed = 0;
    const { types } = await stream(requested => {
      if (requested === 'post') return broken(events(0), 3);
      return failed++ < failures ? lost() : whole(3);
    });
    const states = types.filter(type => type === 'reconnecting' || type === 'connected');
    assert.deepEqual(states, shown);
  }
});

test('a gateway that sleeps wakes up, and a browser that is offline reconnects', async () => {
  for (const [isOnline, status] of /** @type {const} */ ([
    [true, 'waking'],
    [false, 'reconnecting'],
  ])) {
    let posts = 0;
    const { types } = await stream((requested, _signal, network) => {
      if (requested !== 'post') return posts < 2 ? GONE() : lost();
      network.go(isOnline);
      setTimeout(() => network.go(true), 5000);
      return posts++ < 1 ? new Response('<html>', { status: 502 }) : lost();
    });
    assert.ok(types.includes(status));
  }
});

test('an aborted stream ends at once, also while it waits', async () => {
  for (const isOnline of [true, false]) {
    const controller = new AbortController();
    const { error, requests, duration } = await stream(
      (requested, _signal, network) => {
        if (requested === 'post') {
          network.go(isOnline);
          setTimeout(() => controller.abort(), 1500);
          return broken(events(0), 3);
        }
        return lost();
      },
      { signal: controller.signal },
    );
    assert.equal(error?.name, 'AbortError');
    assert.equal(duration, 1500);
    assert.ok(requests.length <= 3);
  }
});

test('a late timer of a page that slept does not try an answer that is forgotten', async () => {
  const { error, requests } = await stream(requested => {
    if (requested === 'post') return broken(events(0), 3);
    mock.timers.setTime(Date.now() + 3_600_000); // the clock goes on, and no timer fires
    return lost();
  });
  assert.equal(error?.info.code, 'broken_off');
  assert.equal(requests.length, 2);
});

test('a key has 128 random bits and is base64url', () => {
  const keys = Array.from({ length: 200 }, resumeKey);
  assert.equal(new Set(keys).size, 200);
  for (const key of keys) assert.match(key, /^[\w-]{22}$/);
});

/** @typedef {ReturnType<typeof fakeNetwork>} FakeNetwork */

/**
 * Streams an answer with a clock that goes on whenever nothing else happens.
 * @param {(requested: Requested, signal: AbortSignal, network: FakeNetwork) => Response | Promise<Response>} answer
 * @param {{ after?: number, isReloaded?: boolean, signal?: AbortSignal }} [options]
 */
async function stream(answer, options = {}) {
  const { after = -1, isReloaded = false, signal = new AbortController().signal } = options;
  const network = fakeNetwork();
  /** @type {Requested[]} */
  const requests = [];
  /** @type {number[]} */
  const times = [];
  const start = Date.now();
  /** @type {(requested: Requested) => (signal: AbortSignal) => Promise<Response>} */
  const send = requested => async signal => {
    requests.push(requested);
    times.push(Date.now());
    return answer(requested, signal, network);
  };
  const post = isReloaded ? undefined : send('post');
  /** @type {(after: number, signal: AbortSignal) => Promise<Response>} */
  const get = (after, signal) => send(after)(signal);
  /** @type {StreamEvent[]} */
  const received = [];
  let settled = false;
  const read = (async () => {
    for await (const event of resumableStream({ post, get, after }, signal, network))
      received.push(event);
  })();
  /** @type {Promise<(ChatError & { name: string }) | undefined>} */
  const failure = read.then(
    () => undefined,
    cause => cause,
  );
  failure.then(() => {
    settled = true;
  });
  for (let step = 0; !settled; step++) {
    assert.ok(step < 2000, 'the stream does not end');
    for (let turn = 0; turn < 15; turn++) await new Promise(resolve => setImmediate(resolve));
    if (!settled) mock.timers.tick(500);
  }
  const error = await failure;
  if (error && error.name !== 'AbortError' && !(error instanceof ChatError)) throw error;
  const text = received.map(event => (event.type === 'delta' ? event.text : '')).join('');
  const types = received.map(({ type }) => type);
  const duration = Date.now() - start;
  return { text, types, last: received.at(-1), error, requests, times, duration };
}

function fakeNetwork() {
  /** @type {Set<(change: 'online' | 'shown') => void>} */
  const listeners = new Set();
  let isOnline = true;
  return {
    isOnline: () => isOnline,
    /** @param {(change: 'online' | 'shown') => void} listener */
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit,
    /** @param {boolean} online */
    go(online) {
      const isNew = online && !isOnline;
      isOnline = online;
      if (isNew) emit('online');
    },
  };

  /** @param {'online' | 'shown'} change */
  function emit(change) {
    for (const listener of [...listeners]) listener(change);
  }
}

const created = { model: 'm', resumable: true };

/** The events of the answer from this number on. @param {number} from */
function events(from) {
  return [
    { type: 'response.created', response: created },
    ...WORDS.map(delta => ({ type: 'response.output_text.delta', delta })),
    { type: 'response.completed', response: { usage: null } },
  ]
    .map((event, number) => ({ ...event, sequence_number: number }))
    .slice(from);
}

/** @param {object[]} list */
function sse(list) {
  return list
    .map(event => ('type' in event ? event : { type: 'response.created', response: event }))
    .map(event => `data: ${JSON.stringify({ sequence_number: 0, ...event })}\n\n`)
    .join('');
}

/** All events from this number on. @param {number} from */
function whole(from) {
  return new Response(sse(events(from)));
}

/**
 * A connection that breaks after so many events.
 * @param {object[]} list
 * @param {number} count
 */
function broken(list, count) {
  return new Response(chunks(sse(list.slice(0, count)), controller => controller.error('reset')));
}

/**
 * A connection without more bytes.
 * @param {object[]} list
 * @param {AbortSignal} [signal]
 */
function silent(list, signal) {
  return new Response(
    chunks(sse(list), controller => {
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    }),
  );
}

/**
 * @param {string} text
 * @param {(controller: ReadableStreamDefaultController) => void} end
 */
function chunks(text, end) {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return end(controller);
      sent = true;
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
}

/** @returns {Promise<Response>} */
function lost() {
  return Promise.reject(new TypeError('Failed to fetch'));
}

/** @param {AbortSignal} signal @returns {Promise<Response>} */
function never(signal) {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/**
 * @param {number} status
 * @param {string} code
 * @param {Record<string, string>} [headers]
 */
function json(status, code, headers) {
  const error = { code, message: 'No.', retryable: false };
  return Response.json({ error }, { status, headers });
}
