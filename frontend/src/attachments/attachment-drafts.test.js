import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { attachmentDrafts } from './attachment-drafts.js';
import { keptAttachments } from './kept-attachments.js';

/** @import { Attachment } from '../conversation/conversation.js' */

const CAT = /** @type {Attachment} */ ({ id: 'cat', type: 'image', name: 'cat.jpg' });
/** @type {(attachments: Attachment[]) => void} */
let answer;
/** @type {(cause: Error) => void} */
let fail;
/** @type {(id: string) => void} */
let onRemove;
let changes = 0;
/** @type {ReturnType<typeof attachmentDrafts>} */
let drafts;

beforeEach(() => {
  for (const id of ['', 'one']) keptAttachments.set(id, false);
  changes = 0;
  const record = new Promise((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  const ignored = () => {};
  drafts = attachmentDrafts(
    /** @type {any} */ ({
      store: { draftAttachments: () => record, saveDraftAttachments: ignored },
      conversations: {
        onRemove: (/** @type {typeof onRemove} */ listener) => {
          onRemove = listener;
        },
      },
      drafts: { onChange: ignored, onReturn: ignored, waiting: () => [] },
      router: { onChange: ignored, current: () => ({ id: 'one' }) },
    }),
    () => changes++,
  );
});

test('a message waits for what was attached before the page was loaded', async () => {
  keptAttachments.set('one', true);
  assert.equal(drafts.isLoading(), true);
  drafts.open();
  assert.equal(drafts.isLoading(), true);
  answer([CAT]);
  await setImmediate();
  assert.deepEqual([drafts.isLoading(), drafts.list()], [false, [CAT]]);
  assert.equal(keptAttachments.has('one'), true);
  drafts.take();
  assert.equal(keptAttachments.has('one'), false);
});

test('a message waits for nothing if nothing was attached', async () => {
  drafts.open();
  assert.equal(drafts.isLoading(), false);
  answer([]);
  await setImmediate();
  drafts.add('one', CAT);
  assert.equal(drafts.isLoading(), false);
  assert.equal(keptAttachments.has('one'), true);
  onRemove('one');
  assert.equal(keptAttachments.has('one'), false);
});

test('what is gone from the database is not awaited by the next page', async () => {
  keptAttachments.set('one', true);
  drafts.open();
  answer([]);
  await setImmediate();
  assert.deepEqual([drafts.isLoading(), keptAttachments.has('one')], [false, false]);
});

test('a message does not wait for a record that cannot be read', async () => {
  keptAttachments.set('one', true);
  const loaded = assert.rejects(drafts.open());
  const before = changes;
  fail(new Error('unreadable'));
  await loaded;
  assert.equal(drafts.isLoading(), false);
  assert.equal(changes, before + 1);
});

test('a new chat is a conversation without an id', () => {
  keptAttachments.set('', true);
  keptAttachments.set('one', true);
  assert.deepEqual([keptAttachments.has(''), keptAttachments.has('one')], [true, true]);
  keptAttachments.set('', false);
  assert.deepEqual([keptAttachments.has(''), keptAttachments.has('one')], [false, true]);
});
