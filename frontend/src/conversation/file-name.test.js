import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName } from './file-name.js';

for (const [title, name] of [
  ['Green tea: 2/3?', 'Green-tea-2-3'],
  ['हिन्दी में लिखो', 'हिन्दी-में-लिखो'],
  ['แม่น้ำไนล์', 'แม่น้ำไนล์'],
  ['می\u200cشود', 'می\u200cشود'],
  ['Mu\u0308ller', 'Mu\u0308ller'],
  ['🙂 …', 'conversation'],
  ['x'.repeat(70), 'x'.repeat(60)],
])
  test(`the name of an exported file: ${title}`, () => assert.equal(fileName(title), name));
