import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConversations } from '../import/conversation-reader.js';
import { ImportError } from '../import/import-error.js';
import { mergeConversations, serializeArchive } from './archive.js';
import { branch, prompt } from './branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';
import { randomConversation } from './tree.fixture.js';

/** @import { Conversation } from './conversation.js' */

const some = fc.tuple(randomConversation('b'), randomConversation('a'), randomConversation('c'));

test('a parsed archive serializes to the same bytes', () => {
  fc.assert(
    fc.property(some, all => {
      const file = archiveText(snapshot(all));
      assert.equal(archiveText(snapshot(parseArchive(file))), file);
    }),
  );
});

test('an archive is indented JSON, in parts that have one message each', () => {
  fc.assert(
    fc.property(some, all => {
      const parts = serializeArchive(snapshot(all));
      const text = parts.join('');
      assert.equal(text, `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
      for (const part of parts) assert.ok((part.match(/^ *"status":/gm)?.length ?? 0) <= 1);
    }),
  );
  const empty = archiveText({ conversations: [], messages: [] });
  assert.deepEqual(JSON.parse(empty).conversations, []);
});

test('an archive keeps the tokens of the reasoning', () => {
  const state = applyAnswerEvent(asked(), {
    type: 'completed',
    id: 'a',
    usage: { output_tokens: 9, output_tokens_details: { reasoning_tokens: 5 } },
    at: 2,
  });
  const [imported] = parseArchive(archiveText(snapshot([state])));
  assert.deepEqual(imported.messages.a.usage, state.messages.a.usage);
});

test('the key of an answer that streams is in no export, and no import brings one in', () => {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  const state = applyUserAction(conversation({ id: 'c', at: 0 }), {
    ...action,
    at: 1,
    key: 'Secret',
  });
  const file = archiveText(snapshot([state]));
  assert.equal(file.includes('Secret'), false);
  const archive = JSON.parse(file);
  const answer = archive.conversations[0].messages.find((/** @type {any} */ { id }) => id === 'a');
  answer.resumable = { key: 'Secret', last: 1, at: Date.now() };
  const [imported] = parseArchive(JSON.stringify(archive));
  assert.deepEqual(
    [imported.messages.a.status, imported.messages.a.resumable],
    ['interrupted', undefined],
  );
  answer.status = 'streaming';
  const [streaming] = parseArchive(JSON.stringify(archive));
  assert.deepEqual(streaming.messages.a, imported.messages.a);
});

test('an archive keeps every branch and the selected leaf', () => {
  fc.assert(
    fc.property(randomConversation('a'), before => {
      const [after] = parseArchive(archiveText(snapshot([before])));
      assert.deepEqual(lines(after), lines(before));
      assert.equal(Object.keys(after.messages).length, Object.keys(before.messages).length);
    }),
  );
});

test('the order of the input does not change an archive', () => {
  fc.assert(
    fc.property(some, all => {
      const { conversations, messages } = snapshot(all);
      const reversed = { conversations: conversations.reverse(), messages: messages.reverse() };
      assert.equal(archiveText(reversed), archiveText(snapshot(all)));
    }),
  );
});

test('a missing message in the store does not prevent an archive', () => {
  const { conversations, messages } = snapshot([asked()]);
  const [after] = parseArchive(archiveText({ conversations, messages: messages.slice(1) }));
  assert.deepEqual(lines(after), ['']);
});

test('merging keeps the messages of both copies and the longer text', () => {
  fc.assert(
    fc.property(randomConversation('a'), randomConversation('a'), (mine, theirs) => {
      const both = mergeConversations(mine, theirs);
      for (const { id, text } of [
        ...Object.values(mine.messages),
        ...Object.values(theirs.messages),
      ])
        assert.ok(both.messages[id].text.length >= text.length);
    }),
  );
});

test('merging takes the title that was updated later', () => {
  const mine = { ...asked(), title: 'Old', updatedAt: 1 };
  const theirs = { ...asked(), title: 'New', updatedAt: 2 };
  assert.equal(mergeConversations(mine, theirs).title, 'New');
  assert.equal(mergeConversations(theirs, mine).title, 'New');
  assert.deepEqual(mergeConversations(mine, mine), mine);
});

/** @type {Record<string, (archive: any) => unknown>} */
const damages = {
  'another format': archive => Object.assign(archive, { format: 'other' }),
  'a later version': archive => Object.assign(archive, { version: 4 }),
  'no list of conversations': archive => Object.assign(archive, { conversations: {} }),
  'no messages': archive => delete archive.conversations[0].messages,
  'a text that is not a string': archive =>
    Object.assign(archive.conversations[0].messages[0], { text: 1 }),
  'an unknown role': archive =>
    Object.assign(archive.conversations[0].messages[0], { role: 'system' }),
  'a role in a list': archive =>
    Object.assign(archive.conversations[0].messages[0], { role: ['user'] }),
  'an unknown status': archive =>
    Object.assign(archive.conversations[0].messages[0], { status: 'waiting' }),
  'an id that is a property of Object.prototype': archive =>
    Object.assign(archive.conversations[0].messages[0], { id: '__proto__' }),
  'a missing parent': archive =>
    Object.assign(archive.conversations[0].messages[1], { parent: 'constructor' }),
  'a message that is its own ancestor': archive =>
    Object.assign(archive.conversations[0].messages[0], { parent: 'a' }),
  'a missing leaf': archive => Object.assign(archive.conversations[0], { leaf: 'x' }),
  'a duplicate message': archive =>
    archive.conversations[0].messages.push(archive.conversations[0].messages[0]),
  'a duplicate conversation': archive => archive.conversations.push(archive.conversations[0]),
  'a time that is no date': archive =>
    Object.assign(archive.conversations[0].messages[1], { createdAt: 1e300 }),
  'an incomplete problem': archive =>
    Object.assign(archive.conversations[0].messages[1], { problem: { code: 'x' } }),
};

for (const [damage, inflict] of Object.entries(damages)) {
  test(`an archive with ${damage} is rejected`, () => {
    const archive = JSON.parse(archiveText(snapshot([asked()])));
    inflict(archive);
    assert.throws(() => parseArchive(JSON.stringify(archive)), ImportError);
  });
}

test('an archive of a later version is rejected with its version', () => {
  const archive = { format: 'minimal-chatbot', version: 4, conversations: [{ shape: 'new' }] };
  assert.throws(() => parseArchive(JSON.stringify(archive)), { reason: 'newer', detail: '4' });
});

test('an archive keeps what was chosen in a conversation', () => {
  const chosen = { model: 'm', instructions: 'Be brief.', webSearch: true };
  const file = archiveText(snapshot([{ ...asked(), ...chosen }]));
  const [{ model, instructions, webSearch }] = parseArchive(file);
  assert.deepEqual({ model, instructions, webSearch }, chosen);
  const long = file.replace('Be brief.', 'x'.repeat(5000));
  assert.equal(parseArchive(long)[0].instructions?.length, 4000);
});

test('an archive keeps what is sent to the model, also of an answer whose continuation failed', () => {
  const problem = { code: 'upstream_error', message: 'No', retryable: true };
  let state = asked();
  const [{ id }] = branch(state).slice(-1);
  for (const event of /** @type {const} */ ([
    { type: 'delta', text: 'Half' },
    { type: 'stopped' },
    { type: 'continued' },
    { type: 'failed', problem },
  ]))
    state =
      event.type === 'continued'
        ? applyUserAction(state, { ...event, answer: id, at: 4 })
        : applyAnswerEvent(state, { ...event, id, at: 5 });
  const [read] = parseArchive(archiveText(snapshot([state])));
  assert.equal(prompt(state).length, 2);
  assert.deepEqual(prompt(read), prompt(state));
});

test('an archive of everything has the instructions for all conversations', () => {
  const text = archiveText({ ...snapshot([asked()]), instructions: 'Be kind. ' });
  const { format, version, instructions, conversations } = JSON.parse(text);
  for (const file of [text, JSON.stringify({ conversations, format, instructions, version })])
    assert.deepEqual([...readConversations([new TextEncoder().encode(file)])].slice(1), [
      { instructions: 'Be kind.' },
    ]);
  const damaged = JSON.stringify({ format, version, instructions: 1, conversations });
  assert.throws(() => parseArchive(damaged), { reason: 'damaged' });
});

test('an archive keeps reasoning, searches and sources', () => {
  const activity = {
    since: 1,
    reasoning: 'Hm.',
    thinkingMs: 1200,
    searches: [
      { type: /** @type {const} */ ('web'), query: 'q' },
      { type: /** @type {const} */ ('file') },
    ],
    sources: [{ url: 'https://a.example/', title: 'A' }, { filename: 'b.pdf' }],
  };
  const state = asked();
  state.messages.a = { ...state.messages.a, activity };
  const file = archiveText(snapshot([state]));
  assert.deepEqual(parseArchive(file)[0].messages.a.activity, activity);
  const hostile = file.replace('"title": "A"', '"title": "\\u202eA\\u0000"');
  assert.deepEqual(parseArchive(hostile)[0].messages.a.activity, activity);
});

for (const [what, from, to] of [
  ['a source of another scheme', 'https://a.example/', 'javascript:1'],
  ['a search of another kind', '"web"', '"shell"'],
  ['a time that is no number', '"since": 1', '"since": "1"'],
])
  test(`an archive with ${what} is rejected`, () => {
    const state = asked();
    const searches = [{ type: /** @type {const} */ ('web') }];
    const activity = { since: 1, searches, sources: [{ url: 'https://a.example/' }] };
    state.messages.a = { ...state.messages.a, activity };
    const file = archiveText(snapshot([state]));
    assert.ok(file.includes(from));
    assert.throws(() => parseArchive(file.replace(from, to)), { reason: 'damaged' });
  });

test('an archive keeps what is attached, as base64', () => {
  const photo = { id: 'p', type: 'image', name: 'a.jpg', alt: 'A cat', data: 'YQ==', blob: {} };
  const state = asked();
  const messages = Object.values(state.messages).map(one =>
    one.role === 'user' ? { ...one, attachments: /** @type {any} */ ([photo]) } : one,
  );
  const file = archiveText({ conversations: [state], messages });
  const [after] = parseArchive(file);
  const { blob: _blob, ...kept } = photo;
  assert.deepEqual(branch(after)[0].attachments, [kept]);
  for (const damage of ['"data": "<svg>"', '"data": ""', '"data": 1'])
    assert.throws(() => parseArchive(file.replace('"data": "YQ=="', damage)), ImportError);
});

test('archives of versions 1 and 2 are read', () => {
  const archive = JSON.parse(archiveText(snapshot([asked()])));
  assert.equal(archive.version, 3);
  for (const version of [1, 2]) {
    const earlier = JSON.stringify({ ...archive, version });
    assert.deepEqual(parseArchive(earlier).map(lines), [['Why?', '']]);
  }
  for (const version of [0, 1.5, '1', null]) {
    const other = JSON.stringify({ ...archive, version });
    assert.throws(() => parseArchive(other), { reason: 'damaged' });
  }
});

test('an archive whose members were sorted is read', () => {
  const { format, version, conversations } = JSON.parse(archiveText(snapshot([asked()])));
  const sorted = JSON.stringify({ conversations, format, version });
  assert.deepEqual(parseArchive(sorted).map(lines), [['Why?', '']]);
  const other = JSON.stringify({ conversations, version });
  assert.throws(() => parseArchive(other), { reason: 'unknown' });
});

test('an archive with a comma too many, or without its end, is rejected', () => {
  const file = archiveText(snapshot([asked()])).trimEnd();
  for (const damaged of [
    file.replace(/\]\n\}$/, '],}'),
    file.replace(/\]\n\}$/, ',]}'),
    file.slice(0, -1),
  ])
    assert.throws(() => parseArchive(damaged), { reason: 'damaged' });
});

test('a title of a megabyte is shortened', () => {
  const [{ title }] = parseArchive(archiveText(snapshot([{ ...asked(), title: 'x'.repeat(1e6) }])));
  assert.equal(title.length, 1000);
});

test('a file of another format is rejected', () => {
  for (const file of ['', 'null', '[]', '1', '{', '<html>', '\0'])
    assert.throws(() => parseArchive(file), ImportError);
});

/** @param {string} file */
function parseArchive(file) {
  return [...readConversations([new TextEncoder().encode(file)])].map(read => {
    assert.ok('conversation' in read && read.isOwn);
    return read.conversation;
  });
}

/** @param {Parameters<typeof serializeArchive>[0]} everything */
function archiveText(everything) {
  return serializeArchive(everything).join('');
}

function asked(id = 'c') {
  const empty = conversation({ id, at: 0 });
  return applyUserAction(empty, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
}

/** @param {Conversation[]} all */
function snapshot(all) {
  return {
    conversations: all.map(({ messages: _messages, ...summary }) => summary),
    messages: all.flatMap(({ messages }) => Object.values(messages)),
  };
}

/** @param {Conversation} one */
function lines(one) {
  return branch(one).map(({ text }) => text);
}
