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
/** @import { Unread } from './conversations.js' */
/** @import { TabSync } from './store/tab-sync.js' */

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a question of one tab appears in the other, which follows its branch', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  assert.deepEqual(there.texts(), ['a?', '']);
  here.save(withText(here.state(), 'a', 'yes'));
  await settled();
  assert.deepEqual(there.texts(), ['a?', 'yes']);
  here.save(asked(here.state(), 'b'));
  await settled();
  assert.deepEqual(there.texts(), ['a?', 'yes', 'b?', '']);
});

test('simultaneous questions are in both tabs, and each tab keeps its own branch', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.save(asked(here.state(), 'h'));
  there.save(asked(there.state(), 't'));
  await settled();
  assert.deepEqual(here.texts(), ['a?', '', 'h?', '']);
  assert.deepEqual(there.texts(), ['a?', '', 't?', '']);
  for (const tab of [here, there]) {
    const ids = Object.keys(tab.state().messages).sort();
    assert.deepEqual(ids, ['a', 'a?', 'h', 'h?', 't', 't?']);
  }
  const [later] = await twoTabs();
  await later.load();
  assert.equal(Object.keys(later.state().messages).length, 6);
});

test('an answer of another tab is streaming until that tab is closed', async () => {
  const [here, there] = await twoTabs();
  const release = await here.tab.lock('a');
  here.save(withText(asked(conversation({ id: 'c', at: 0 }), 'a'), 'a', 'ye'));
  await there.load();
  assert.equal(there.state().messages.a.status, 'streaming');
  release();
  await settled();
  assert.equal(there.state().messages.a.status, 'interrupted');
  assert.deepEqual(there.texts(), ['a?', 'ye']);
});

test('of the other tabs one takes over an answer of a closed tab, with its stored text', async () => {
  const [here, there, third] = await openTabs(3);
  const release = await here.tab.lock('a');
  const sent = asked(conversation({ id: 'c', at: 0 }), 'a', 'k');
  here.save(withText(sent, 'a', 'ye', 7));
  await there.load();
  await third.load();
  await settled();
  assert.deepEqual([there.unread.length, third.unread.length], [0, 0]);
  release();
  await settled();
  const [unread, ...others] = [...there.unread, ...third.unread];
  assert.deepEqual(others, []);
  const { text, resumable } = unread.message;
  assert.deepEqual([text, resumable?.key, resumable?.last], ['ye', 'k', 7]);

  unread.release();
  await settled();
  assert.equal(there.unread.length + third.unread.length, 2);
});

test('a deletion that loads an unfinished answer does not resume it, and its undo does', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a', 'k'));
  await settled();
  const undo = await there.known.remove('c');
  await settled();
  assert.equal(there.unread.length, 0);
  undo();
  await settled();
  assert.equal(there.unread.length, 1);
});

test('the undo of a removal restores what was attached to the draft', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  const attachment = { id: 'i', type: /** @type {const} */ ('image'), name: 'i', blob: new Blob() };
  here.records.saveDraftAttachments('c', [attachment]);
  here.flush();
  await settled();
  const undo = await there.known.remove('c');
  await settled();
  assert.deepEqual(await here.records.draftAttachments('c'), []);
  undo();
  await settled();
  assert.equal((await here.records.draftAttachments('c')).length, 1);
});

test('a complete answer of another tab is complete in any order of events', async () => {
  const [here, there] = await twoTabs();
  const release = await here.tab.lock('a');
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.save(
    applyAnswerEvent(withText(here.state(), 'a', 'yes'), { type: 'completed', id: 'a', at: 9 }),
  );
  release();
  await settled();
  assert.equal(there.state().messages.a.status, 'complete');
});

test('a removal by another tab is reported where the conversation is loaded and can be undone', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  await here.known.remove('c');
  await settled();
  assert.deepEqual(there.known.list(), []);
  assert.deepEqual(
    there.removed.map(({ id }) => id),
    ['c'],
  );
  there.known.restore(there.removed[0]);
  await settled();
  assert.equal(here.known.list().length, 1);
  await here.load();
  assert.deepEqual(here.texts(), ['a?', '']);
});

test('an undone removal is kept when the other tabs save their state later', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  const undo = await here.known.remove('c');
  await settled();
  assert.equal(there.state(), undefined);
  undo();
  await settled();
  there.flush();
  await settled();
  assert.deepEqual(here.texts(), ['a?', '']);
  const [later] = await twoTabs();
  await later.load();
  assert.deepEqual(later.texts(), ['a?', '']);
});

test('a removal includes messages that only another tab has, saved or not', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  const removal = here.known.remove('c');
  there.save(asked(there.state(), 'b'));
  const next = asked(there.state(), 'd');
  there.known.save(next, ['d?', 'd']);
  await removal;
  await settled();
  there.flush();
  await settled();
  assert.deepEqual(here.known.list(), []);
  assert.deepEqual(await here.known.exportAll(), { conversations: [], messages: [] });
});

test('the removal of several conversations is one change in every tab, and its undo restores all', async () => {
  const [here, there] = await twoTabs();
  for (const id of ['c', 'd', 'e']) here.save(asked(conversation({ id, at: 0 }), `${id}a`));
  await there.load();
  const undo = await here.known.remove('c', 'd', 'e');
  await settled();
  assert.deepEqual(here.known.list(), []);
  assert.deepEqual(there.known.list(), []);
  const [later] = await twoTabs();
  assert.deepEqual(later.known.list(), []);

  undo();
  await settled();
  const ids = (/** @type {typeof here} */ tab) => tab.known.list().map(({ id }) => id);
  assert.deepEqual(ids(here).sort(), ['c', 'd', 'e']);
  assert.deepEqual(ids(there).sort(), ['c', 'd', 'e']);
  await there.load();
  assert.deepEqual(there.texts(), ['ca?', '']);
});

test('a title of another tab is applied and the selected branch stays', async () => {
  const [here, there] = await twoTabs();
  here.save(asked(conversation({ id: 'c', at: 0 }), 'a'));
  await there.load();
  here.save(asked(here.state(), 'b'));
  await settled();
  there.save(applyUserAction(there.state(), { type: 'selected', leaf: 'a' }));
  await settled();
  here.known.rename('c', 'Named');
  here.flush();
  await settled();
  assert.equal(there.state().title, 'Named');
  assert.deepEqual(here.texts(), ['a?', '', 'b?', '']);
});

test('after the browser has cleared the conversations, the list has those that are loaded', () => {
  const { known, clear, cleared } = clearable();
  known.save(asked(conversation({ id: 'c', at: 0 }), 'a'), ['a?', 'a']);
  clear();
  assert.deepEqual(
    known.list().map(({ id }) => id),
    ['c'],
  );
  assert.equal(cleared(), 1);
});

test('after the browser has cleared the conversations, those that are not loaded leave the list', () => {
  const { known, clear, cleared } = clearable();
  const { messages: _messages, ...summary } = conversation({ id: 'other', at: 0 });
  known.applyImport([{ kind: 'conversations', record: summary }]);
  assert.equal(known.list().length, 1);
  clear();
  assert.deepEqual([known.list().length, cleared()], [0, 1]);
});

test('where there was no conversation, the browser has cleared none', () => {
  const { clear, cleared } = clearable();
  clear();
  assert.equal(cleared(), 0);
});

function twoTabs() {
  return openTabs(2);
}

/** A tab whose store says when the browser has deleted the database. */
function clearable() {
  let clear = () => {};
  const records = {
    ...store(),
    onCleared: (/** @type {() => void} */ listener) => {
      clear = listener;
    },
  };
  const known = conversations({ store: records, tabs: tabs(1)[0] });
  let cleared = 0;
  known.onCleared(() => void cleared++);
  return { known, clear: () => clear(), cleared: () => cleared };
}

/** @param {number} count @returns {Promise<ReturnType<typeof open>[]>} */
async function openTabs(count) {
  const all = tabs(count).map(open);
  await Promise.all(all.map(({ known }) => known.loadList()));
  return all;
}

/** @param {TabSync} tab */
function open(tab) {
  /** @type {Conversation[]} */
  const removed = [];
  const records = store();
  records.onError(assert.ifError);
  records.onSaved(tab.broadcast);
  const known = conversations({ store: records, tabs: tab });
  known.onRemoteRemoval(one => void removed.push(one));
  /** @type {Unread[]} */
  const unread = [];
  known.onUnread(one => void unread.push(one));
  const state = () => /** @type {Conversation} */ (known.get('c'));
  return {
    tab,
    known,
    removed,
    unread,
    state,
    records,
    flush: records.flush,
    load: async () => {
      await settled();
      await known.load('c');
    },
    texts: () => branch(state()).map(({ text }) => text),
    /** @param {Conversation} next */
    save(next) {
      const before = known.get(next.id)?.messages;
      const changed = Object.values(next.messages).filter(one => before?.[one.id] !== one);
      known.save(
        next,
        changed.map(({ id }) => id),
      );
      records.flush();
    },
  };
}

/**
 * @param {Conversation} state
 * @param {string} answer
 * @param {string} [key]
 */
function asked(state, answer, key) {
  const question = `${answer}?`;
  const at = Date.now();
  return applyUserAction(state, { type: 'asked', question, answer, text: question, at, key });
}

/**
 * @param {Conversation} state
 * @param {string} id
 * @param {string} text
 * @param {number} [number]
 */
function withText(state, id, text, number) {
  return applyAnswerEvent(state, { type: 'delta', id, text, number, at: Date.now() });
}

/** Resolves when the broadcasts have been applied. */
async function settled() {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setTimeout(resolve));
}

for (const stored of ['dark', 'null', '"dark"'])
  test(`the choices of a new chat are none where the browser has ${stored} for them`, t => {
    const { localStorage } = globalThis;
    t.after(() => Object.assign(globalThis, { localStorage }));
    Object.assign(globalThis, { localStorage: { getItem: () => stored, setItem: () => {} } });
    const { model, instructions } = conversations({ store: store(), tabs: tabs(1)[0] }).choices(
      undefined,
    );
    assert.deepEqual([model, instructions], [undefined, undefined]);
  });
