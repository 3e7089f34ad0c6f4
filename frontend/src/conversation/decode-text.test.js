import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeText } from './decode-text.js';

const GERMAN = 'Größe;Länge;Preis\r\nMüller & Söhne;12,5;8 £\r\n';
const CHINESE = '姓名,城市\r\n王小明,北京\r\n李华,上海。\r\n';

/** Encodes characters above ASCII as these bytes. @type {(text: string, table: Record<string, number[]>) => Uint8Array} */
const encode = (text, table) =>
  new Uint8Array([...text].flatMap(c => table[c] ?? [c.charCodeAt(0)]));

const windows1252 = encode(GERMAN, {
  ö: [0xf6],
  ß: [0xdf],
  ä: [0xe4],
  ü: [0xfc],
  '£': [0xa3],
});

test('UTF-8 is read with and without its mark', () => {
  const bytes = new TextEncoder().encode(GERMAN);
  assert.equal(decodeText(bytes), GERMAN);
  assert.equal(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])), GERMAN);
  assert.equal(decodeText(new Uint8Array()), '');
});

test('every text in UTF-8 is read', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 0xd7ff })), codes => {
      const text = String.fromCharCode(...codes);
      assert.equal(decodeText(new TextEncoder().encode(text)), text);
    }),
  );
});

for (const text of [GERMAN, CHINESE])
  test(`UTF-16 of either order is read with and without its mark: ${text.slice(0, 5)}`, () => {
    const le = Buffer.from(text, 'utf16le');
    const be = Buffer.from(text, 'utf16le').swap16();
    for (const bytes of [le, be, [0xff, 0xfe, ...le], [0xfe, 0xff, ...be]])
      assert.equal(decodeText(new Uint8Array(bytes)), text);
  });

test('UTF-16 with a line break of one byte at its end is read', () => {
  const bytes = [...Buffer.from('\uFEFFa', 'utf16le'), 0x0a];
  assert.equal(decodeText(new Uint8Array(bytes)), 'a');
});

// Node decodes 0x80 to 0x9f as Latin-1: attachment.test.js of the browser has the euro and the quotes.
test('Windows-1252 is read, as Excel writes it', () => {
  assert.equal(decodeText(windows1252), GERMAN);
  const french = encode('Il est déçu, il a créé ÄÖÜ, 20 °C', {
    é: [0xe9],
    ç: [0xe7],
    Ä: [0xc4],
    Ö: [0xd6],
    Ü: [0xdc],
    '°': [0xb0],
  });
  assert.equal(decodeText(french), 'Il est déçu, il a créé ÄÖÜ, 20 °C');
});

test('GB18030 is read, as Excel writes it in Chinese', () => {
  const bytes = encode(CHINESE, {
    姓: [0xd0, 0xd5],
    名: [0xc3, 0xfb],
    城: [0xb3, 0xc7],
    市: [0xca, 0xd0],
    王: [0xcd, 0xf5],
    小: [0xd0, 0xa1],
    明: [0xc3, 0xf7],
    北: [0xb1, 0xb1],
    京: [0xbe, 0xa9],
    李: [0xc0, 0xee],
    华: [0xbb, 0xaa],
    上: [0xc9, 0xcf],
    海: [0xba, 0xa3],
    '。': [0xa1, 0xa3],
  });
  assert.equal(decodeText(bytes), CHINESE);
});

test('Shift_JIS is read, with and without kana', () => {
  const table = {
    名: [0x96, 0xbc],
    前: [0x91, 0x4f],
    の: [0x82, 0xcc],
    東: [0x93, 0x8c],
    京: [0x8b, 0x9e],
    ア: [0x83, 0x41],
  };
  for (const text of ['名前,東京\n', '名前の,ア\n'])
    assert.equal(decodeText(encode(text, table)), text);
});

test('EUC-KR is read', () => {
  const bytes = encode('이름,한국\n', {
    이: [0xc0, 0xcc],
    름: [0xb8, 0xa7],
    한: [0xc7, 0xd1],
    국: [0xb1, 0xb9],
  });
  assert.equal(decodeText(bytes), '이름,한국\n');
});

test('EUC-JP is read where it has kana', () => {
  const bytes = encode('日本の,東\n', {
    日: [0xc6, 0xfc],
    本: [0xcb, 0xdc],
    の: [0xa4, 0xce],
    東: [0xc5, 0xec],
  });
  assert.equal(decodeText(bytes), '日本の,東\n');
});

test('Windows-1251 and Windows-1253 are distinguished', () => {
  for (const [text, offset] of /** @type {[string, number][]} */ ([
    ['Имя;Город\r\nИван;Москва\r\n', 0x350],
    ['Ελλάδα;Αθήνα\r\nΚαλημέρα\r\n', 0x2d0],
  ])) {
    const codes = [...text].map(c => c.charCodeAt(0) - (c.charCodeAt(0) > 0x7f ? offset : 0));
    assert.equal(decodeText(new Uint8Array(codes)), text);
  }
});

test('Windows-1250 is read where it has Polish words', () => {
  const bytes = encode('Nazwa;Cena\r\nMałgorzata;5 zł\r\n', { ł: [0xb3] });
  assert.equal(decodeText(bytes), 'Nazwa;Cena\r\nMałgorzata;5 zł\r\n');
});

for (const [what, bytes] of /** @type {[string, number[]][]} */ ([
  ['the start of a JPEG', [0xff, 0xd8, 0xff]],
  ['the start of a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]],
  ['a zero byte in a text', [0x61, 0x00, 0x62]],
  ['numbers of two bytes', [1, 0, 2, 0, 3, 0, 4, 0]],
  ['a text in Windows-1252 with a control byte', [...windows1252, 0x02]],
  ['a half surrogate in UTF-16', [0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00]],
  ['bytes that no encoding defines', [0x61, 0x62, 0x63, 0x64, 0x81]],
]))
  test(`${what} is binary`, () => assert.equal(decodeText(new Uint8Array(bytes)), undefined));

test('random bytes are binary', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 200, maxLength: 400 }), bytes => {
      assert.equal(decodeText(bytes), undefined);
    }),
    { seed: 1 },
  );
});
