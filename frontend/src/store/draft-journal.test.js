import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftJournal } from './draft-journal.js';
import { memoryStorage } from './storage.fixture.js';

test('the journal has the newest text of each draft', () => {
  const journal = draftJournal(memoryStorage());
  journal.set({ conversation: '', text: 'W' });
  journal.set({ conversation: '', text: 'Why' });
  journal.set({ conversation: 'c', text: '' });
  assert.equal(journal.get(''), 'Why');
  assert.equal(journal.get('c'), '');
  assert.equal(journal.get('d'), undefined);
});

test('a saved draft leaves the journal unless the entry is newer', () => {
  const journal = draftJournal(memoryStorage());
  journal.set({ conversation: 'c', text: 'an' });
  journal.saved({ conversation: 'c', text: 'a' });
  assert.equal(journal.get('c'), 'an');
  journal.saved({ conversation: 'c', text: 'an' });
  assert.deepEqual(journal.entries(), []);
});

test('the journal ignores other keys of the storage', () => {
  const storage = memoryStorage();
  storage.setItem('theme', 'dark');
  const journal = draftJournal(storage);
  journal.set({ conversation: 'c', text: 'and' });
  assert.deepEqual(journal.entries(), [{ conversation: 'c', text: 'and' }]);
});

test('journals with other prefixes have other texts', () => {
  const storage = memoryStorage();
  const [journal, typed] = [draftJournal(storage), draftJournal(storage, 'typed:')];
  journal.set({ conversation: 'c', text: 'and' });
  typed.set({ conversation: 'c', text: 'or' });
  journal.remove('c');
  assert.equal(journal.get('c'), undefined);
  assert.deepEqual(typed.entries(), [{ conversation: 'c', text: 'or' }]);
});

test('a draft over the quota also removes its older entry', () => {
  const journal = draftJournal(memoryStorage(3));
  journal.set({ conversation: 'c', text: 'and' });
  journal.set({ conversation: 'c', text: 'and then' });
  assert.equal(journal.get('c'), undefined);
});

test('a browser without storage has an empty journal', () => {
  const journal = draftJournal(undefined);
  journal.set({ conversation: 'c', text: 'and' });
  journal.remove('c');
  assert.deepEqual(journal.entries(), []);
});
