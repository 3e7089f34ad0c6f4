import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adopted, archived, Malformed, merged, unarchived } from './archive.js';
import { branch } from './branch.js';
import { chosen, conversation } from './conversation.js';
import { grown } from './tree.fixture.js';

/** @import { Conversation } from './conversation.js' */

const some = fc.tuple(grown('b'), grown('a'), grown('c'));

test('what is read from an archive makes the same archive, byte for byte', () => {
  fc.assert(
    fc.property(some, all => {
      const file = archived(everything(all));
      assert.equal(archived(everything(unarchived(file))), file);
    }),
  );
});

test('an archive keeps every branch, and which one is shown', () => {
  fc.assert(
    fc.property(grown('a'), before => {
      const [after] = unarchived(archived(everything([before])));
      assert.deepEqual(lines(after), lines(before));
      assert.equal(Object.keys(after.messages).length, Object.keys(before.messages).length);
    }),
  );
});

test('the order in which things come does not matter', () => {
  fc.assert(
    fc.property(some, all => {
      const { conversations, messages } = everything(all);
      const turned = { conversations: conversations.reverse(), messages: messages.reverse() };
      assert.equal(archived(turned), archived(everything(all)));
    }),
  );
});

test('what is broken in the store does not stop an archive', () => {
  const { conversations, messages } = everything([asked()]);
  const [after] = unarchived(archived({ conversations, messages: messages.slice(1) }));
  assert.deepEqual(lines(after), ['']);
});

test('a merger has the messages of both and loses no text', () => {
  fc.assert(
    fc.property(grown('a'), grown('a'), (mine, theirs) => {
      const both = merged(mine, theirs);
      for (const { id, text } of [
        ...Object.values(mine.messages),
        ...Object.values(theirs.messages),
      ])
        assert.ok(both.messages[id].text.length >= text.length);
    }),
  );
});

test('a merger takes the title of the one that was changed later', () => {
  const mine = { ...asked(), title: 'Old', updatedAt: 1 };
  const theirs = { ...asked(), title: 'New', updatedAt: 2 };
  assert.equal(merged(mine, theirs).title, 'New');
  assert.equal(merged(theirs, mine).title, 'New');
  assert.deepEqual(merged(mine, mine), mine);
});

test('what is new comes beside what is here, and nothing is taken from anyone', () => {
  const here = everything([asked()]);
  const other = asked('d');
  const foreign = unarchived(archived(everything([other])).replaceAll('"q"', '"r"'));
  assert.throws(() => adopted(foreign, here), Malformed);
  assert.deepEqual(adopted([], here), []);
  const [same] = adopted([asked()], here);
  assert.deepEqual(same, asked());
  assert.deepEqual(adopted([other], { conversations: [], messages: [] }), [other]);
});

/** @type {Record<string, (archive: any) => unknown>} */
const damages = {
  'another format': archive => Object.assign(archive, { format: 'other' }),
  'a later version': archive => Object.assign(archive, { version: 2 }),
  'no list': archive => Object.assign(archive, { conversations: {} }),
  'no messages': archive => delete archive.conversations[0].messages,
  'a text that is none': archive =>
    Object.assign(archive.conversations[0].messages[0], { text: 1 }),
  'an unknown role': archive =>
    Object.assign(archive.conversations[0].messages[0], { role: 'system' }),
  'a role in a list': archive =>
    Object.assign(archive.conversations[0].messages[0], { role: ['user'] }),
  'an unheard-of status': archive =>
    Object.assign(archive.conversations[0].messages[0], { status: 'streaming' }),
  'an id that is a name of the language': archive =>
    Object.assign(archive.conversations[0].messages[0], { id: '__proto__' }),
  'a parent that is nowhere': archive =>
    Object.assign(archive.conversations[0].messages[1], { parent: 'constructor' }),
  'a message that follows itself': archive =>
    Object.assign(archive.conversations[0].messages[0], { parent: 'a' }),
  'a shown message that is nowhere': archive =>
    Object.assign(archive.conversations[0], { leaf: 'x' }),
  'a message that is there twice': archive =>
    archive.conversations[0].messages.push(archive.conversations[0].messages[0]),
  'a conversation that is there twice': archive =>
    archive.conversations.push(archive.conversations[0]),
  'a problem without words': archive =>
    Object.assign(archive.conversations[0].messages[1], { problem: { code: 'x' } }),
};

for (const [damage, inflict] of Object.entries(damages)) {
  test(`an archive with ${damage} is refused`, () => {
    const archive = JSON.parse(archived(everything([asked()])));
    inflict(archive);
    assert.throws(() => unarchived(JSON.stringify(archive)), Malformed);
  });
}

test('what is no archive at all is refused', () => {
  for (const file of ['', 'null', '[]', '1', '{', '<html>', '\0'])
    assert.throws(() => unarchived(file), Malformed);
});

function asked(id = 'c') {
  const empty = conversation({ id, at: 0 });
  return chosen(empty, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
}

/** @param {Conversation[]} all */
function everything(all) {
  return {
    conversations: all.map(({ messages: _messages, ...summary }) => summary),
    messages: all.flatMap(({ messages }) => Object.values(messages)),
  };
}

/** @param {Conversation} one */
function lines(one) {
  return branch(one).map(({ text }) => text);
}
