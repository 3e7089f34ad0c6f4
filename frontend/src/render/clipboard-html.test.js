import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipboardHtml } from './clipboard-html.js';
import { finished } from './page.fixture.js';

for (const [list, html] of [
  ['3. a\n5. b', '<ol start="3"><li>a</li><li value="5">b</li></ol>'],
  ['2. a\n1. b', '<ol start="2"><li>a</li><li value="1">b</li></ol>'],
])
  test(`the numbers of a list are copied as they are shown: ${JSON.stringify(list)}`, () => {
    assert.equal(clipboardHtml(finished(list)), html);
  });
