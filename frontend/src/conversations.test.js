import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { branch } from './conversation/branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { conversations } from './conversations.js';
import { store } from './store/store.js';
import { tabs } from './store/tabs.fixture.js';

/** @import { Conversation } from './conversation/conversation.js' */
/** @import { OtherTabs } from './store/tab-sync.js' */

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('what is asked in one tab is in the other, which goes along', async () => {
  const [here, there] = await twoTabs();
  here.write(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  assert.deepEqual(there.shown(), ['a?', '']);
  here.write(said(here.state(), 'a', 'yes'));
  await settled();
  assert.deepEqual(there.shown(), ['a?', 'yes']);
  here.write(asked(here.state(), 'b'));
  await settled();
  assert.deepEqual(there.shown(), ['a?', 'yes', 'b?', '']);
});

test('what both ask at once is there in both, and each shows its own', async () => {
  const [here, there] = await twoTabs();
  here.write(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.write(asked(here.state(), 'h'));
  there.write(asked(there.state(), 't'));
  await settled();
  assert.deepEqual(here.shown(), ['a?', '', 'h?', '']);
  assert.deepEqual(there.shown(), ['a?', '', 't?', '']);
  for (const tab of [here, there]) {
    const ids = Object.keys(tab.state().messages).sort();
    assert.deepEqual(ids, ['a', 'a?', 'h', 'h?', 't', 't?']);
  }
  const [later] = await twoTabs();
  await later.load();
  assert.equal(Object.keys(later.state().messages).length, 6);
});

test('an answer that another tab is writing is not interrupted, until that tab is gone', async () => {
  const [here, there] = await twoTabs();
  const release = here.tab.hold('a');
  here.write(said(asked(conversation({ id: 'c', at: 0 }), 'a'), 'a', 'ye'));
  await there.load();
  assert.equal(there.state().messages.a.status, 'streaming');
  release();
  await settled();
  assert.equal(there.state().messages.a.status, 'interrupted');
  assert.deepEqual(there.shown(), ['a?', 'ye']);
});

test('of an answer that ended well the end is known, whichever is heard first', async () => {
  const [here, there] = await twoTabs();
  const release = here.tab.hold('a');
  here.write(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.write(
    applyAnswerEvent(said(here.state(), 'a', 'yes'), { type: 'completed', id: 'a', at: 9 }),
  );
  release();
  await settled();
  assert.equal(there.state().messages.a.status, 'complete');
});

test('what another tab deletes is told where it is open, and can be brought back', async () => {
  const [here, there] = await twoTabs();
  here.write(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  await here.known.remove('c');
  await settled();
  assert.deepEqual(there.known.list(), []);
  assert.deepEqual(
    there.removed.map(({ id }) => id),
    ['c'],
  );
  there.known.bringBack(there.removed[0], '');
  await settled();
  assert.equal(here.known.list().length, 1);
  await here.load();
  assert.deepEqual(here.shown(), ['a?', '']);
});

test('a new name is heard, and what is shown stays', async () => {
  const [here, there] = await twoTabs();
  here.write(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.write(asked(here.state(), 'b'));
  await settled();
  there.write(applyUserAction(there.state(), { type: 'selected', leaf: 'a' }));
  await settled();
  here.known.amend('c', () => ({ title: 'Named' }));
  here.flush();
  await settled();
  assert.equal(there.state().title, 'Named');
  assert.deepEqual(here.shown(), ['a?', '', 'b?', '']);
});

/** @returns {Promise<ReturnType<typeof open>[]>} */
async function twoTabs() {
  const both = tabs(2).map(open);
  await Promise.all(both.map(({ known }) => known.restore()));
  return both;
}

/** @param {OtherTabs} tab */
function open(tab) {
  /** @type {Conversation[]} */
  const removed = [];
  const kept = store({ onLost: assert.ifError, onKept: tab.tell, onCleared() {} });
  const onRemoved = (/** @type {Conversation} */ one) => void removed.push(one);
  const known = conversations({ store: kept, tabs: tab, onChange() {}, onRemoved });
  const state = () => /** @type {Conversation} */ (known.get('c'));
  return {
    tab,
    known,
    removed,
    state,
    flush: kept.flush,
    load: async () => {
      await settled();
      await known.load('c');
    },
    shown: () => branch(state()).map(({ text }) => text),
    /** @param {Conversation} next */
    write(next) {
      const before = known.get(next.id)?.messages;
      known.keep(next);
      for (const message of Object.values(next.messages))
        if (before?.[message.id] !== message) known.saveMessage(next, message.id);
      kept.flush();
    },
  };
}

/**
 * @param {Conversation} state
 * @param {string} answer
 */
function asked(state, answer) {
  const question = `${answer}?`;
  return applyUserAction(state, { type: 'asked', question, answer, text: question, at: 1 });
}

/**
 * @param {Conversation} state
 * @param {string} id
 * @param {string} text
 */
function said(state, id, text) {
  return applyAnswerEvent(state, { type: 'delta', id, text, at: 2 });
}

/** Resolves when what was written has been heard. */
async function settled() {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setTimeout(resolve));
}
