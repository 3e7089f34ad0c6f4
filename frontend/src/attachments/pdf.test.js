import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageCount } from './pdf.js';

for (const [what, text, pages] of /** @type {const} */ ([
  ['page objects', '<< /Type /Pages >> << /Type /Page >> << /Type/Page/Parent 1 0 R >>', 2],
  ['a file for the web', '1 0 obj << /Linearized 1 /L 9 /N 37 /T 5 >>', 37],
  ['compressed objects', '<< /Type /ObjStm >> << /Type /Page >>', undefined],
  ['no pages', 'nothing', undefined],
]))
  test(`the number of pages is read from ${what}, or is unknown`, () => {
    assert.equal(pageCount(Buffer.from(`%PDF-1.7\n${text}`)), pages);
  });
