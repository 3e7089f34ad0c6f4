import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zip } from './zip.fixture.js';
import { isZip, unzipConversations } from './zip-file.js';

test('the conversations of an export are unpacked, whether deflated or stored', async () => {
  for (const method of [0, 8]) {
    const file = zip({ 'chat.html': '<html>', 'conversations.json': '[1]' }, { method });
    assert.equal(await isZip(file), true);
    assert.deepEqual(await texts(file), ['[1]']);
  }
});

test('an export of several files in a folder is unpacked', async () => {
  const file = zip({
    'export/conversations-000.json': '[0]',
    'export/conversations-001.json': '[1]',
    'export/shared_conversations.json': '[2]',
  });
  assert.deepEqual(await texts(file), ['[0]', '[1]']);
});

test('a comment after the end of a zip is ignored', async () => {
  const file = new Blob([zip({ 'conversations.json': '[1]' }), 'comment']);
  assert.deepEqual(await texts(file), ['[1]']);
});

test('other files are no zip', async () => {
  for (const text of ['', 'PK', '[1]']) assert.equal(await isZip(new Blob([text])), false);
});

for (const [what, file] of /** @type {[string, Blob][]} */ ([
  ['without conversations', zip({ 'chat.html': '' })],
  ['that is encrypted', zip({ 'conversations.json': '[1]' }, { flags: 1 })],
  ['of another compression', zip({ 'conversations.json': '[1]' }, { method: 12 })],
  ['that unpacks to more than it declares', zip({ 'conversations.json': '[1]' }, { unpacked: 2 })],
  ['that declares 4 GB', zip({ 'conversations.json': '[1]' }, { unpacked: 0xffffffff })],
  ['that is cut', zip({ 'conversations.json': '[1]' }).slice(0, 60)],
  ['whose data is damaged', zip({ 'conversations.json': '[1]' }, { damaged: true })],
]))
  test(`a zip ${what} is refused`, async () => {
    await assert.rejects(unzipConversations(file), { reason: 'zip' });
  });

/** @param {Blob} file */
async function texts(file) {
  return Promise.all((await unzipConversations(file)).map(blob => blob.text()));
}
