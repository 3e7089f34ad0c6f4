import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { alternatives } from '../conversation/alternatives.js';
import { branch } from '../conversation/branch.js';
import { readConversations } from './conversation-reader.js';
import {
  chatGpt,
  chatGptNode,
  chatGptVersions,
  claude,
  libreChatFlat,
  libreChatTree,
  openWebUi,
} from './exports.fixture.js';

/** @import { Conversation } from '../conversation/conversation.js' */

const SAMPLES = new URL('../../../../shared/field/imports/', import.meta.url);

test('ChatGPT: alternatives become versions, and the current node is the selected branch', () => {
  const [one] = conversations([chatGptVersions()]);
  assert.equal(one.title, 'Trip');
  assert.equal(one.createdAt, 1700000000100);
  assert.equal(one.updatedAt, 1700000100100);
  assert.deepEqual(texts(one), ['Where to?', 'Lisbon.']);
  const [, answer] = branch(one);
  assert.equal(answer.model, 'gpt-4o');
  assert.equal(answer.createdAt, 1700000002000);
  assert.equal(answer.status, 'complete');
  assert.deepEqual(
    alternatives(one)(answer).map(({ text }) => text),
    ['Lisbon.', 'Porto.'],
  );
});

test('ChatGPT: hidden messages are left out, and their children keep their place', () => {
  const hidden = { metadata: { is_visually_hidden_from_conversation: true } };
  const [one] = conversations([
    chatGpt({
      ...chatGptNode('s', 'root', 'system', ''),
      ...chatGptNode('c', 's', 'user', { content_type: 'user_editable_context' }, hidden),
      ...chatGptNode('u', 'c', 'user', 'Hi'),
      ...chatGptNode('t', 'u', 'assistant', { content_type: 'thoughts', thoughts: [] }),
      ...chatGptNode('b', 't', 'assistant', 'remember', { recipient: 'bio' }),
      ...chatGptNode('r', 'b', 'tool', 'Model set context updated.'),
      ...chatGptNode('a', 'r', 'assistant', 'Hello'),
    }),
  ]);
  assert.deepEqual(texts(one), ['Hi', 'Hello']);
});

test('ChatGPT: the steps of an answer are one message with its code and output', () => {
  const [one] = conversations([
    chatGpt({
      ...chatGptNode('u', 'root', 'user', 'Sum?'),
      ...chatGptNode('a', 'u', 'assistant', 'I compute.'),
      ...chatGptNode(
        'c',
        'a',
        'assistant',
        { content_type: 'code', language: 'python', text: 'print(1+1)' },
        { recipient: 'python' },
      ),
      ...chatGptNode('o', 'c', 'tool', { content_type: 'execution_output', text: '2' }),
      ...chatGptNode('e', 'o', 'assistant', 'It is 2.'),
    }),
  ]);
  assert.deepEqual(texts(one), [
    'Sum?',
    'I compute.\n\n```python\nprint(1+1)\n```\n\n```\n2\n```\n\nIt is 2.',
  ]);
});

test('ChatGPT: images, sound and files are named, and counted as left out', () => {
  const [read] = results([
    chatGpt({
      ...chatGptNode(
        'u',
        'root',
        'user',
        {
          content_type: 'multimodal_text',
          parts: [{ content_type: 'image_asset_pointer', asset_pointer: 'file-1' }, 'What is it?'],
        },
        { metadata: { attachments: [{ name: 'a.pdf', mime_type: 'application/pdf' }] } },
      ),
      ...chatGptNode('v', 'u', 'assistant', {
        content_type: 'multimodal_text',
        parts: [
          { content_type: 'audio_transcription', text: 'A cat.' },
          { content_type: 'audio_asset_pointer' },
        ],
      }),
    }),
  ]);
  assert.ok('conversation' in read);
  assert.deepEqual(texts(read.conversation), ['[File: a.pdf]\n\n[Image]\n\nWhat is it?', 'A cat.']);
  assert.equal(read.omitted, 2);
});

test('ChatGPT: the marks of citations become their links', () => {
  const mark = '\uE200cite\uE202turn0search0\uE201';
  const references = [{ matched_text: mark, alt: '([x.org](https://x.org))' }];
  const [one] = conversations([
    chatGpt(
      chatGptNode('a', 'root', 'assistant', `Yes ${mark}.`, {
        metadata: { content_references: references },
      }),
    ),
  ]);
  assert.deepEqual(texts(one), ['Yes ([x.org](https://x.org)).']);
});

test('ChatGPT: a document of the canvas is part of the answer', () => {
  const text = JSON.stringify({ name: 'plan', type: 'document', content: '# Plan' });
  const [one] = conversations([
    chatGpt(
      chatGptNode(
        'a',
        'root',
        'assistant',
        { content_type: 'code', language: 'json', text },
        { recipient: 'canmore.create_textdoc' },
      ),
    ),
  ]);
  assert.deepEqual(texts(one), ['**plan**\n\n# Plan']);
});

test('ChatGPT: messages without metadata, times or children are read', () => {
  const { u, a } = {
    ...chatGptNode('u', null, 'user', 'Q', { create_time: null, metadata: undefined }),
    ...chatGptNode('a', 'u', 'assistant', 'A', { create_time: null }),
  };
  const onlyChildren = { u: { ...u, children: ['a'] }, a: { ...a, parent: undefined } };
  for (const mapping of [{ u, a }, onlyChildren]) {
    const [one] = conversations([chatGpt(mapping)]);
    assert.deepEqual(texts(one), ['Q', 'A']);
    assert.equal(branch(one)[1].model, 'gpt-5');
    assert.equal(branch(one)[1].createdAt, 1700000000100);
  }
});

test('Claude: text is read, reasoning and tools are left out, an attachment is quoted', () => {
  const [one] = conversations([claude]);
  assert.equal(one.title, 'Tea');
  assert.equal(one.createdAt, Date.parse('2024-05-01T10:00:00Z'));
  assert.deepEqual(texts(one), [
    'notes.txt:\n```txt\nOolong\n```\n\n\n[File: leaf.png]\n\nHow long?',
    'Three minutes.\n\nThen drink.',
  ]);
});

test('Claude: a message with a parent is a version', () => {
  const [first, second] = claude.chat_messages;
  const again = { ...second, uuid: 'm3', content: [{ type: 'text', text: 'Four.' }] };
  const chat_messages = [first, second, again].map((message, at) => ({
    ...message,
    parent_message_uuid: at === 0 ? '00000000-0000-4000-8000-000000000000' : 'm1',
  }));
  const [one] = conversations([{ ...claude, chat_messages }]);
  assert.equal(alternatives(one)(branch(one)[1]).length, 2);
});

for (const [variant, file] of /** @type {const} */ ([
  ['list', libreChatFlat],
  ['tree', libreChatTree],
]))
  test(`LibreChat: the ${variant} of messages is read with its versions`, () => {
    const [one] = conversations(file);
    assert.equal(one.title, 'LC chat');
    assert.deepEqual(texts(one), ['Hello', 'Good day']);
    const versions = alternatives(one)(branch(one)[1]);
    assert.deepEqual(
      versions.map(({ text, model }) => [text, model]),
      [
        ['Hi', 'gpt-4'],
        ['Good day', undefined],
      ],
    );
  });

test('Open WebUI: the answers of two models are versions, without their reasoning', () => {
  const [one] = conversations([openWebUi]);
  assert.equal(one.pinned, true);
  assert.deepEqual(texts(one), ['[File: a.pdf]\n\nHello', 'Hi']);
  const versions = alternatives(one)(branch(one)[1]);
  assert.deepEqual(
    versions.map(({ text, model }) => [text, model]),
    [
      ['Hi', 'llama3'],
      ['Ni hao', 'qwen3'],
    ],
  );
});

test('Open WebUI: an old chat with a list of messages is read', () => {
  const messages = [
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi' },
  ];
  const [one] = conversations([{ id: 'c2', title: 'Old', chat: { messages } }]);
  assert.deepEqual(texts(one), ['Hello', 'Hi']);
});

for (const [product, file] of /** @type {const} */ ([
  ['DeepSeek', [{ title: 't', mapping: { 1: { message: { fragments: [] } } } }]],
  ['Gemini', [{ header: 'Gemini Apps', title: 'Prompted x', time: '2024-01-01T00:00:00Z' }]],
  ['NextChat', { 'chat-next-web-store': { sessions: [] } }],
  ['LobeChat', { exportType: 'all', state: { messages: [] }, version: 7 }],
  ['Chatbot UI', { version: 4, history: [], folders: [] }],
  ['TypingMind', { data: { chats: [] } }],
  ['Chatbox', { 'chat-sessions-list': [] }],
]))
  test(`the export of ${product} is refused by its name`, () => {
    assert.throws(() => results(file), { reason: 'unsupported', detail: product });
  });

test('JSON without conversations is refused', () => {
  for (const file of [[], {}, 1, null, ['x'], [{ id: 'user-1', email: 'a@b' }]])
    assert.throws(() => results(file), { reason: 'unknown' });
});

test('a file whose only conversation is not JSON is damaged', () => {
  const text = JSON.stringify([chatGptVersions()]).replace('"title"', ',"title"');
  assert.throws(() => results(undefined, text), { reason: 'damaged' });
});

test('a conversation that is too large is skipped, also as the only one', () => {
  for (const value of [libreChatFlat, [libreChatFlat]]) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    assert.deepEqual([...readConversations([bytes], 200)], [{ skipped: 'tooLarge' }]);
  }
});

test('a conversation of an own export that is too large is skipped, wherever it stands', () => {
  const messages = /** @type {any[]} */ ([]);
  const small = { id: 'a', title: 'A', createdAt: 1, updatedAt: 1, pinned: false, leaf: null };
  const [one, other] = [small, { ...small, id: 'b' }].map(summary => ({ ...summary, messages }));
  const large = { ...small, id: 'c', title: 'C'.repeat(300), messages };
  const head = { format: 'minimal-chatbot', version: 1 };
  for (const conversations of [
    [large, one, other],
    [one, large, other],
    [one, other, large],
  ])
    for (const archive of [
      { ...head, conversations },
      { conversations, ...head },
    ]) {
      const bytes = new TextEncoder().encode(JSON.stringify(archive));
      const read = [...readConversations([bytes], 250)];
      assert.deepEqual(
        read.map(result => ('conversation' in result ? result.conversation.id : result)).toSorted(),
        [{ skipped: 'tooLarge' }, 'a', 'b'],
      );
    }
});

test('the selected branch ends at a leaf, also where children are older than their parents', () => {
  const messages = libreChatFlat.messages.map((message, at) => ({
    ...message,
    createdAt: new Date(1.7e12 - at * 1000).toISOString(),
  }));
  assert.deepEqual(texts(conversations({ ...libreChatFlat, messages })[0]), ['Hello', 'Hi']);
  const inner = { ...chatGptVersions(), current_node: 'u1' };
  assert.deepEqual(texts(conversations([inner])[0]), ['Where to?', 'Porto.']);
});

test('one damaged conversation and one without messages are skipped, and the rest is read', () => {
  const empty = chatGpt({});
  const { mapping: _mapping, ...damaged } = chatGptVersions();
  assert.deepEqual(
    results([empty, damaged, { mapping: { a: 1 }, title: 5 }, chatGptVersions()]).map(read =>
      'conversation' in read ? read.conversation.title : Reflect.get(read, 'skipped'),
    ),
    ['empty', 'unreadable', 'empty', 'Trip'],
  );
});

test('the identifiers of two imports are the same, and those of two conversations differ', () => {
  const file = [chatGptVersions(), { ...chatGptVersions(), conversation_id: 'other' }];
  const [one, other] = conversations(file);
  assert.deepEqual(conversations(file), [one, other]);
  const all = [one, other].flatMap(({ id, messages }) => [id, ...Object.keys(messages)]);
  assert.equal(new Set(all).size, 8);
  assert.ok(all.every(id => /^[\da-z-]{1,64}$/.test(id)));
});

test('keys of Object.prototype are identifiers like others', () => {
  const text = JSON.stringify([chatGptVersions()])
    .replaceAll('"u1"', '"__proto__"')
    .replaceAll('"a1"', '"constructor"');
  const [one] = conversations(JSON.parse(text), text);
  assert.deepEqual(texts(one), ['Where to?', 'Lisbon.']);
  assert.equal(/** @type {any} */ ({}).message, undefined);
});

test('a cycle, a message that is its own parent and a missing parent lose no message', () => {
  const [one] = conversations([
    chatGpt({
      ...chatGptNode('a', 'b', 'user', 'A'),
      ...chatGptNode('b', 'a', 'assistant', 'B'),
      ...chatGptNode('c', 'c', 'user', 'C'),
      ...chatGptNode('d', 'gone', 'user', 'D'),
    }),
  ]);
  assert.deepEqual(
    Object.values(one.messages)
      .map(({ text }) => text)
      .sort(),
    ['A', 'B', 'C', 'D'],
  );
  for (const { id } of Object.values(one.messages))
    assert.ok(texts({ ...one, leaf: id }).length < 3);
});

test('a chain of 10,000 messages is read', () => {
  const nodes = Array.from({ length: 10_000 }, (_, at) =>
    chatGptNode(`n${at}`, at === 0 ? 'root' : `n${at - 1}`, at % 2 ? 'assistant' : 'user', `${at}`),
  );
  const [one] = conversations([chatGpt(Object.assign({}, ...nodes), { current_node: 'n9999' })]);
  assert.equal(branch(one).length, 10_000);
  /** @type {any} */
  let tree = [];
  for (let at = 0; at < 1000; at++)
    tree = [{ messageId: `m${at}`, text: 't', isCreatedByUser: at % 2 === 0, children: tree }];
  assert.equal(branch(conversations({ ...libreChatTree, messages: tree })[0]).length, 1000);
});

test('times as seconds, milliseconds, microseconds or text are read, and others are not', () => {
  const expected = 1700000000000;
  for (const time of [1.7e9, 1.7e12, 1.7e15, '1700000000', '2023-11-14T22:13:20Z'])
    assert.equal(
      conversations([chatGpt(question(), { create_time: time })])[0].createdAt,
      expected,
    );
  for (const time of [-1, 0, 1e300, Number.NaN, 'soon', {}, null, true]) {
    const [one] = conversations([chatGpt(question(), { create_time: time, update_time: time })]);
    assert.ok(one.createdAt > 1e12 && one.createdAt <= Date.now(), `${time}`);
    assert.ok(one.updatedAt > 1e12 && one.updatedAt <= Date.now(), `${time}`);
  }
});

test('lone surrogates are replaced, and a title of a megabyte is shortened', () => {
  const mapping = chatGptNode('u', 'root', 'user', 'a\uD800b');
  const [one] = conversations([chatGpt(mapping, { title: '\uDC00x'.repeat(500_000) })]);
  assert.deepEqual(texts(one), ['a\uFFFDb']);
  assert.ok(one.title.isWellFormed() && one.title.length <= 120);
});

test('a conversation without a title has its first question as title', () => {
  for (const title of [null, '', 5])
    assert.equal(conversations([chatGpt(question(), { title })])[0].title, 'Q?');
});

test('a bare list in a member `conversations` is read', () => {
  assert.equal(conversations({ conversations: [chatGptVersions()] }).length, 1);
});

for (const name of existsSync(SAMPLES) ? readdirSync(SAMPLES) : [])
  test(`the sample ${name} is read or refused as it should be`, () => {
    const text = readFileSync(new URL(name, SAMPLES), 'utf8');
    const read = () => results(undefined, text);
    if (name === 'trailing-comma.json') assert.throws(read, { reason: 'damaged' });
    else assert.equal(texts(conversations(undefined, text)[0]).length, 2);
  });

function question() {
  return chatGptNode('u', 'root', 'user', 'Q?', { create_time: undefined });
}

/** @param {unknown} value */
function results(value, text = JSON.stringify(value)) {
  return [...readConversations([new TextEncoder().encode(text)])];
}

/** @param {unknown} value */
function conversations(value, text = JSON.stringify(value)) {
  return results(value, text).map(read => {
    assert.ok('conversation' in read, JSON.stringify(read));
    return read.conversation;
  });
}

/** @param {Conversation} one */
function texts(one) {
  return branch(one).map(({ text }) => text);
}
