import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chat } from './chat.js';
import { branch } from './conversation/branch.js';
import { conversations } from './conversations.js';
import { draftJournal } from './store/draft-journal.js';
import { memoryStorage } from './store/storage.fixture.js';
import { tabs } from './store/tabs.fixture.js';
import { ChatError } from './stream/chat-error.js';

/** @import { Conversation, Message, Summary } from './conversation/conversation.js' */
/** @import { AnswerRequest, StreamEvent } from './stream/gateway.js' */

test('a complete answer ends the run and allows the next question', async () => {
  const { chat, gateway, id, texts } = asked('Why?');
  assert.equal(chat.isAnswering(id), true);
  assert.deepEqual(chat.answering(), new Set([id]));
  await gateway.emit({ type: 'delta', text: 'Because.' });
  await gateway.emit({ type: 'completed' });
  await gateway.end();
  assert.equal(chat.isAnswering(id), false);
  assert.deepEqual(chat.answering(), new Set());
  assert.deepEqual(texts(), ['Why?', 'Because.']);
});

test('a second question is ignored while an answer is running', () => {
  const { chat, gateway, id } = asked('Why?');
  chat.ask(id, 'Why?');
  assert.equal(gateway.prompts.length, 1);
});

test('stop keeps the text and aborts the request', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  chat.stop(id);
  assert.equal(gateway.signal().aborted, true);
  assert.equal(chat.isAnswering(id), false);
  assert.equal(last()?.status, 'stopped');
  assert.equal(last()?.text, 'Beca');
});

test('a failed answer has its error and can be regenerated', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.fail(new ChatError({ code: 'timeout', message: 'late', retryable: true }));
  assert.equal(last()?.problem?.message, 'late');
  chat.regenerate(id, last()?.id ?? '');
  assert.equal(last()?.status, 'streaming');
  assert.deepEqual(gateway.prompts[1], [{ role: 'user', content: 'Why?' }]);
});

test('a continuation goes on in the same message and removes what is repeated', async () => {
  const { chat, gateway, id, last, texts, records } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Because the' });
  chat.stop(id);
  const answer = last()?.id ?? '';
  await chat.continueAnswer(id, answer);
  assert.equal(last()?.status, 'streaming');
  assert.deepEqual(gateway.prompts[1].slice(0, 2), [
    { role: 'user', content: 'Why?' },
    { role: 'assistant', content: 'Because the' },
  ]);
  await gateway.emit({ type: 'delta', text: 'Because ' });
  await gateway.emit({ type: 'delta', text: 'the sun shines.' });
  await gateway.emit({ type: 'completed' });
  await gateway.end();
  assert.deepEqual(texts(), ['Why?', 'Because the sun shines.']);
  assert.deepEqual([last()?.id, last()?.status], [answer, 'complete']);
  assert.equal(records.messages.get(answer)?.text, 'Because the sun shines.');
});

test('a continuation that stops while it repeats the answer changes nothing', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Because the' });
  chat.stop(id);
  await chat.continueAnswer(id, last()?.id ?? '');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  chat.stop(id);
  assert.deepEqual([last()?.status, last()?.text], ['stopped', 'Because the']);
});

test('a continuation is requested once', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Because' });
  chat.stop(id);
  const answer = last()?.id ?? '';
  await Promise.all([chat.continueAnswer(id, answer), chat.continueAnswer(id, answer)]);
  assert.equal(gateway.prompts.length, 2);
});

test('a failed continuation keeps the answer for the next question', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Because' });
  await gateway.emit({ type: 'incomplete', reason: 'max_output_tokens' });
  await gateway.end();
  await chat.continueAnswer(id, last()?.id ?? '');
  await gateway.fail(new ChatError({ code: 'timeout', message: 'late', retryable: true }));
  assert.deepEqual([last()?.status, last()?.text], ['failed', 'Because']);
  chat.ask(id, 'How?');
  assert.deepEqual(gateway.prompts[2][1], { role: 'assistant', content: 'Because' });
});

test('an edited question stops the first answer and keeps both questions', async () => {
  const { chat, gateway, id, conversation, texts, records } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  const [question, answer] = Object.keys(conversation()?.messages ?? {});
  chat.edit(id, question, 'How?');
  assert.deepEqual(texts(), ['How?', '']);
  assert.deepEqual(gateway.prompts[1], [{ role: 'user', content: 'How?' }]);
  assert.equal(records.messages.get(answer)?.status, 'stopped');
  assert.equal(records.messages.get(question)?.text, 'Why?');
});

test('a closed page saves a streaming answer that cannot be resumed as interrupted', async () => {
  const { chat, gateway, last, records } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  chat.suspend();
  const stored = records.messages.get(last()?.id ?? '');
  assert.deepEqual([stored?.status, stored?.text], ['interrupted', 'Beca']);
});

test('an answer of a closed page is resumed after its last event when it is opened', async () => {
  const first = asked('Why?', ['k']);
  assert.equal(first.gateway.requests[0].key, 'k');
  await first.gateway.emit({ type: 'created', model: 'm', resumable: true, number: 0 });
  await first.gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  first.chat.suspend();
  assert.equal(first.gateway.signal().aborted, true);
  assert.deepEqual(first.gateway.cancelled, []);
  assert.equal(first.last()?.status, 'streaming');

  const { chat, gateway, known, texts, last } = await opened(first);
  assert.deepEqual(gateway.requests, [{ key: 'k', after: 1 }]);
  assert.equal(chat.isAnswering(first.id), true);
  await gateway.emit({ type: 'delta', text: 'use.', number: 2 });
  await gateway.emit({ type: 'completed', number: 3 });
  await gateway.end();
  assert.deepEqual(texts(), ['Why?', 'Because.']);
  assert.deepEqual([last()?.status, last()?.resumable], ['complete', undefined]);
  assert.equal(JSON.stringify(await known.exportAll()).includes('"k"'), false);
});

test('an answer that could not be stored goes on when the page is shown again', async () => {
  const { chat, gateway, known, records, id, last } = asked('Why?', ['k']);
  await gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  records.messages.clear();
  chat.suspend();
  records.messages.clear();
  assert.deepEqual([chat.isAnswering(id), chat.answering()], [false, new Set([id])]);

  known.followAll();
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(gateway.requests.at(-1), { key: 'k', after: 1 });
  await gateway.emit({ type: 'delta', text: 'use.', number: 2 });
  await gateway.emit({ type: 'completed', number: 3 });
  await gateway.end();
  assert.deepEqual([last()?.text, last()?.status], ['Because.', 'complete']);
});

test('an answer that is too old when the page is shown again is not being answered', async () => {
  const { chat, gateway, known, records, last } = asked('Why?', ['k']);
  await gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  chat.suspend();
  const stored = /** @type {Message} */ (records.messages.get(last()?.id ?? ''));
  const at = Date.now() - 200_000;
  records.store.saveMessage({ ...stored, resumable: { key: 'k', last: 1, at } });

  known.followAll();
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(gateway.requests.length, 1);
  assert.deepEqual([last()?.status, chat.answering()], ['interrupted', new Set()]);
});

test('a suspended answer that another tab has received to its end is not being answered', async () => {
  const { chat, gateway, known, id, last } = asked('Why?', ['k']);
  await gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  chat.suspend();
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(chat.answering(), new Set([id]));
  const { resumable: _resumable, ...message } = /** @type {Message} */ (last());
  const record = { ...message, status: 'complete', text: 'Because.' };
  known.applyImport(/** @type {any} */ ([{ kind: 'messages', record }]));
  assert.deepEqual(chat.answering(), new Set());
  known.followAll();
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual([gateway.requests.length, last()?.text], [1, 'Because.']);
});

test('an answer that is too old is interrupted when it is opened, without its key', async () => {
  const first = asked('Why?', ['k']);
  await first.gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  first.chat.suspend();
  const stored = /** @type {Message} */ (first.records.messages.get(first.last()?.id ?? ''));
  const at = Date.now() - 200_000;
  first.records.store.saveMessage({ ...stored, resumable: { key: 'k', last: 1, at } });

  const { gateway, last } = await opened(first);
  assert.deepEqual(gateway.requests, []);
  assert.deepEqual([last()?.status, last()?.text], ['interrupted', 'Beca']);
  assert.equal(first.records.messages.get(stored.id)?.resumable, undefined);
});

test('an answer that the gateway does not keep is interrupted by the end of the page', async () => {
  const { chat, gateway, last } = asked('Why?', ['k']);
  await gateway.emit({ type: 'created', model: 'm', resumable: false, number: 0 });
  chat.suspend();
  assert.deepEqual([last()?.status, last()?.resumable], ['interrupted', undefined]);
});

test('Stop cancels an answer that the gateway keeps, and then aborts the request', async () => {
  const { chat, gateway, id, last } = asked('Why?', ['k']);
  await gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  chat.stop(id);
  assert.deepEqual([gateway.cancelled, gateway.signal().aborted], [['k'], false]);
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(gateway.signal().aborted, true);
  assert.deepEqual([last()?.status, last()?.resumable], ['stopped', undefined]);
});

test('removing a conversation cancels its answer', async () => {
  const { gateway, known, id } = asked('Why?', ['k']);
  await gateway.emit({ type: 'delta', text: 'Beca', number: 1 });
  await known.remove(id);
  assert.deepEqual(gateway.cancelled, ['k']);
});

test('an answer that cannot be resumed keeps its text, and fails without one', async () => {
  const problem = { code: 'broken_off', message: 'Lost', retryable: true };
  for (const [text, status] of [
    ['Beca', 'interrupted'],
    ['', 'failed'],
  ]) {
    const { gateway, last } = asked('Why?', ['k']);
    if (text) await gateway.emit({ type: 'delta', text, number: 1 });
    await gateway.fail(new ChatError(problem));
    assert.deepEqual([last()?.status, last()?.text], [status, text]);
  }
});

test('each request has a new key', async () => {
  const { chat, gateway, id, conversation, last } = asked('Why?', ['1', '2', '3', '4']);
  const [question] = Object.keys(conversation()?.messages ?? {});
  await gateway.emit({ type: 'delta', text: 'Because', number: 1 });
  chat.stop(id);
  await chat.continueAnswer(id, last()?.id ?? '');
  chat.regenerate(id, last()?.id ?? '');
  chat.edit(id, question, 'How?');
  assert.deepEqual(
    gateway.requests.map(({ key }) => key),
    ['1', '2', '3', '4'],
  );
});

test('a continuation that is restarted keeps the text before it', async () => {
  const { chat, gateway, id, last } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Because the' });
  chat.stop(id);
  await chat.continueAnswer(id, last()?.id ?? '');
  await gateway.emit({ type: 'delta', text: ' moon' });
  assert.equal(last()?.text, 'Because the moon');
  await gateway.emit({ type: 'restarted', model: 'other' });
  assert.equal(last()?.text, 'Because the');
  await gateway.emit({ type: 'delta', text: 'Because the' });
  await gateway.emit({ type: 'delta', text: ' sun shines.' });
  await gateway.emit({ type: 'completed' });
  await gateway.end();
  assert.equal(last()?.text, 'Because the sun shines.');
  assert.deepEqual([last()?.model, last()?.restarted], ['other', 'Because the'.length]);
});

for (const [what, before, rest, text] of /** @type {const} */ ([
  ['while it is held back', 'Beca', 'use the sun shines.', 'Because the sun shines.'],
  ['after its first text', 'Because the sun', ' shines.', 'Because the sun shines.'],
]))
  test(`a continuation is resumed after a reload ${what}`, async () => {
    const first = asked('Why?', ['1', '2']);
    await first.gateway.emit({ type: 'delta', text: 'Because the', number: 1 });
    first.chat.stop(first.id);
    await first.chat.continueAnswer(first.id, first.last()?.id ?? '');
    await first.gateway.emit({ type: 'created', model: 'm', resumable: true, number: 0 });
    await first.gateway.emit({ type: 'delta', text: before, number: 1 });
    first.chat.suspend();

    const { gateway, last } = await opened(first);
    const { after = -1 } = gateway.requests[0];
    for (const [index, piece] of [before, rest].entries())
      if (index + 1 > after) await gateway.emit({ type: 'delta', text: piece, number: index + 1 });
    await gateway.emit({ type: 'completed', number: 3 });
    assert.equal(last()?.text, text);
  });

test('an answer that streamed in a crashed page is loaded as interrupted', async () => {
  const first = asked('Why?');
  await first.gateway.emit({ type: 'delta', text: 'Beca' });
  const { known } = setUp(first.records);
  await known.loadList();
  const loaded = /** @type {Conversation} */ (await known.load(first.id));
  const [, answer] = branch(loaded);
  assert.deepEqual([answer.text, answer.status], ['Beca', 'interrupted']);
});

test('a selected version selects its own continuation, also after a reload', async () => {
  const { chat, gateway, known, id, conversation, texts, records } = asked('Why?');
  const [question] = Object.keys(conversation()?.messages ?? {});
  await gateway.emit({ type: 'delta', text: 'Because.' });
  await gateway.end();
  chat.edit(id, question, 'How?');
  await gateway.end();
  known.select(id, question);
  assert.deepEqual(texts(), ['Why?', 'Because.']);

  const later = setUp(records).known;
  await later.loadList();
  const loaded = /** @type {Conversation} */ (await later.load(id));
  assert.deepEqual(
    branch(loaded).map(({ text }) => text),
    ['Why?', 'Because.'],
  );
});

test('removing a conversation stops its answer and can be undone', async () => {
  const { gateway, known, id, conversation, texts, records } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  const undo = await known.remove(id);
  assert.equal(gateway.signal().aborted, true);
  assert.deepEqual([known.list(), conversation(), records.messages.size], [[], undefined, 0]);
  undo();
  assert.deepEqual(texts(), ['Why?', 'Beca']);
  assert.equal(records.messages.size, 2);
});

test('renaming and pinning do not change the time of the last update', async () => {
  const { gateway, known, id, conversation, records } = asked('Why?');
  await gateway.end();
  const updatedAt = conversation()?.updatedAt;
  known.rename(id, 'Reasons');
  known.togglePin(id);
  const later = setUp(records).known;
  await later.loadList();
  const [summary] = later.list();
  assert.deepEqual(
    [summary.title, summary.pinned, summary.updatedAt],
    ['Reasons', true, updatedAt],
  );
});

test('an export includes a streaming answer', async () => {
  const { gateway, known } = asked('Why?');
  await gateway.emit({ type: 'delta', text: 'Beca' });
  const { conversations, messages } = await known.exportAll();
  assert.deepEqual(
    conversations.map(({ title }) => title),
    ['Why?'],
  );
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['Why?', 'Beca'],
  );
});

/**
 * A new conversation with this question.
 * @param {string} text
 * @param {string[]} [keys]
 */
function asked(text, keys) {
  const parts = setUp(undefined, keys);
  const id = /** @type {string} */ (parts.chat.ask(undefined, text));
  const conversation = () => parts.known.get(id);
  const messages = () => branch(/** @type {Conversation} */ (conversation()));
  return {
    ...parts,
    id,
    conversation,
    last: () => messages().at(-1),
    texts: () => messages().map(({ text }) => text),
  };
}

/**
 * Opens the conversation in a page that was loaded later.
 * @param {ReturnType<typeof asked>} first
 */
async function opened({ records, id }) {
  const parts = setUp(records);
  await parts.known.loadList();
  await parts.known.load(id);
  await new Promise(resolve => setImmediate(resolve));
  const messages = () => branch(/** @type {Conversation} */ (parts.known.get(id)));
  return {
    ...parts,
    last: () => messages().at(-1),
    texts: () => messages().map(({ text }) => text),
  };
}

/**
 * @param {ReturnType<typeof memory>} [records]
 * @param {string[]} [keys]  of answers that can be resumed
 */
function setUp(records = memory(), keys, tab = tabs(1)[0]) {
  const gateway = scriptedGateway(keys);
  const known = conversations({ store: records.store, tabs: tab });
  return {
    chat: chat({ gateway, conversations: known, tabs: tab, load: request => request() }),
    gateway,
    known,
    records,
  };
}

function memory() {
  /** @type {Map<string, Summary>} */
  const conversations = new Map();
  /** @type {Map<string, Message>} */
  const messages = new Map();
  const store = {
    conversations: async () => [...conversations.values()],
    messages: async (/** @type {string} */ id) =>
      [...messages.values()].filter(({ conversation }) => conversation === id),
    message: async (/** @type {string} */ id) => messages.get(id),
    allMessages: async () => [...messages.values()],
    draft: async () => '',
    typed: draftJournal(memoryStorage(), 'typed:'),
    saveConversation: (/** @type {Summary} */ one) => void conversations.set(one.id, one),
    saveMessage: (/** @type {Message} */ one) => void messages.set(one.id, one),
    saveDraft() {},
    draftAttachments: async () => [],
    saveDraftAttachments() {},
    remove: (/** @type {Pick<Conversation, 'id' | 'messages'>} */ one) => {
      conversations.delete(one.id);
      for (const id of Object.keys(one.messages)) messages.delete(id);
    },
    removeRest() {},
    flush: async () => {},
    onError() {},
    onSaved() {},
    onCleared() {},
  };
  return { store, messages };
}

/**
 * A gateway whose latest answer is driven by the test.
 * @param {string[]} keys  for the next answers
 */
function scriptedGateway(keys = []) {
  /** @type {object[][]} */
  const prompts = [];
  /** @type {AnswerRequest[]} */
  const requests = [];
  /** @type {string[]} */
  const cancelled = [];
  /** @type {AbortSignal} */
  let latest;
  /** @type {(next: Promise<StreamEvent | undefined>) => void} */
  let resolveNext;
  return {
    prompts,
    requests,
    cancelled,
    signal: () => latest,
    config: async () => ({ gatewayUrl: '', gatewayToken: '' }),
    prepare: async () => {},
    onAnnounced() {},
    resumeKey: () => keys.shift(),
    accepts: () => undefined,
    whenAccepts: async () => undefined,
    cancel: async (/** @type {string} */ key) => void cancelled.push(key),
    stream,
    emit: (/** @type {StreamEvent} */ event) => next(Promise.resolve(event)),
    end: () => next(Promise.resolve(undefined)),
    fail: (/** @type {Error} */ cause) => next(Promise.reject(cause)),
  };

  /**
   * @param {AnswerRequest} request
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<StreamEvent>}
   */
  async function* stream(request, signal) {
    requests.push(request);
    prompts.push(request.messages ?? []);
    latest = signal;
    for (;;) {
      /** @type {StreamEvent | undefined} */
      const event = await new Promise(resolve => {
        resolveNext = resolve;
      });
      if (!event) return;
      yield event;
    }
  }

  /** @param {Promise<StreamEvent | undefined>} event */
  async function next(event) {
    resolveNext(event);
    await new Promise(resolve => setImmediate(resolve));
  }
}
