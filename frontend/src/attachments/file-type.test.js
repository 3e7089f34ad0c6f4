import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileType } from './file-type.js';

for (const [what, latin1, type] of /** @type {const} */ ([
  ['a JPEG', '\xFF\xD8\xFF\xE0', 'jpeg'],
  ['a PNG', '\x89PNG\r\n\x1A\n', 'png'],
  ['a GIF', 'GIF89a', 'gif'],
  ['a WebP', 'RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
  ['a BMP', 'BM\x9A\x02\0\0\0\0\0\0\x36\0', 'bmp'],
  ['a text that begins like a BMP', 'BMW is a brand', undefined],
  ['a PDF', '%PDF-1.7', 'pdf'],
  ['a HEIC of an iPhone', '\0\0\0\x24ftypheic\0\0\0\0mif1MiHEmiafheic', 'heic'],
  ['a HEIC of the general brand', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
  ['an AVIF of the general brand', '\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'avif'],
  ['a video', '\0\0\0\x18ftypisom\0\0\0\0isommp41', undefined],
  ['brands after the end of their box', '\0\0\0\x10ftypisom\0\0\0\0heicheic', undefined],
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
  [
    'an SVG with a declaration',
    '\xEF\xBB\xBF<?xml version="1.0"?>\n<!-- one --><!DOCTYPE svg><svg>',
    'svg',
  ],
  ['a page with an SVG in it', '<html><svg></svg></html>', undefined],
  ['a sound', 'RIFF\x10\0\0\0WAVEfmt ', undefined],
  ['a text about a PDF', 'See %PDF-1.7', undefined],
  ['nothing', '', undefined],
]))
  test(`${what} is recognised by its bytes`, () => {
    assert.equal(fileType(Buffer.from(latin1, 'latin1')), type);
  });
