import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accent } from './accent.js';
import { brandSettings } from './brand-settings.js';

// BrandPropertiesTest and AccentTest of the gateway have the same values.

/** @type {[string, string, RegExp][]} */
const rejected = [
  ['DISCLOSURE', ' ', /^DISCLOSURE is blank: the text must be readable$/],
  ['DISCLOSURE', 'x'.repeat(301), /^DISCLOSURE is longer than 300 characters$/],
  ['BRAND_TITLE', 'x'.repeat(61), /^BRAND_TITLE is longer than 60 characters$/],
  ['BRAND_TITLE', 'a\nb', /^BRAND_TITLE has a line break or another control character$/],
  ['GREETING', 'x'.repeat(201), /^GREETING is longer than 200 characters$/],
  ['PLACEHOLDER', 'x'.repeat(101), /^PLACEHOLDER is longer than 100 characters$/],
  ['NOTICE', 'x'.repeat(301), /^NOTICE is longer than 300 characters$/],
  ['SUGGESTIONS', 'a\n'.repeat(7), /^SUGGESTIONS has more than 6 lines$/],
  ['SUGGESTIONS', 'x'.repeat(201), /^SUGGESTIONS has a line of more than 200 characters$/],
  ['BRAND_LOGO', '/no/such/file', /^BRAND_LOGO is neither a data: URL nor a file/],
  ['BRAND_LOGO', 'data:text/html,x', /^BRAND_LOGO is not a data: URL of an image$/],
  ['BRAND_LOGO', 'data:image/png,GIF89a', /^BRAND_LOGO is not a PNG, JPEG, WebP or SVG image$/],
  [
    'BRAND_LOGO',
    'data:image/svg+xml,<svg onload=a()/>',
    /^BRAND_LOGO is an SVG image with scripts$/,
  ],
  [
    'BRAND_ACCENT',
    '#ffcc00',
    /^BRAND_ACCENT #ffcc00 has a contrast of 1\.32 in the light theme; it/,
  ],
  [
    'BRAND_ACCENT',
    '#0b57d0,#0b57d0',
    /#0b57d0 has a contrast of 2\.22 in the dark theme; it needs 4/,
  ],
  ...['EN', 'xx', 'de-AT', 'de,fr', ' '].map(
    value =>
      /** @type {[string, string, RegExp]} */ ([
        'PAGE_LANGUAGE',
        value,
        /^PAGE_LANGUAGE is none of auto, en, de, fr, es, it, pt, nl, ar$/,
      ]),
  ),
  ['BRAND_ACCENT', 'red', /^BRAND_ACCENT is not a colour such as #0b57d0, or one for each theme$/],
  ...[
    'Privacy',
    '=https://example.com',
    'a=javascript:alert(1)',
    'a=http://example.com',
    'a=https:///x',
    'a=data:text/html,x',
    'a=https://exa mple.com',
  ].map(
    line => /** @type {[string, string, RegExp]} */ (['LINKS', line, /^LINKS has a line that is/]),
  ),
];

for (const [variable, value, message] of rejected)
  test(`${variable}=${JSON.stringify(value.slice(0, 40))} is rejected`, () => {
    assert.throws(() => brandSettings({ [variable]: value }), { message });
  });

test('an empty variable counts as unset', () => {
  assert.deepEqual(brandSettings({ BRAND_TITLE: '', LINKS: '', BRAND_LOGO: '' }), {});
  assert.deepEqual(brandSettings({ DISCLOSURE: '😀'.repeat(300) }), {
    disclosure: '😀'.repeat(300),
  });
});

test('suggestions and links stand one a line', () => {
  const links = 'Privacy = https://example.com/p?a=b\nMail=mailto:me@example.com';
  assert.deepEqual(brandSettings({ SUGGESTIONS: ' a \r\n\n b,c\n', LINKS: links }), {
    suggestions: ['a', 'b,c'],
    links: [
      { label: 'Privacy', href: 'https://example.com/p?a=b' },
      { label: 'Mail', href: 'mailto:me@example.com' },
    ],
  });
});

test('one accent is made lighter for the dark theme, two are kept', () => {
  assert.deepEqual(accent('#0b57d0'), { light: '#0b57d0', dark: '#6293e0' });
  assert.deepEqual(accent('#000000'), { light: '#000000', dark: '#919191' });
  assert.deepEqual(accent('#0B57D0, #8AB4F8'), { light: '#0b57d0', dark: '#8ab4f8' });
});

test('a logo is read from the usual forms of a data: URL', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\n…', 'latin1').toString('base64');
  for (const [url, file] of [
    [`data:image/png;base64,${png.slice(0, 6)}\n${png.slice(6)}`, 'logo.png'],
    ['data:image/svg+xml;charset=utf-8,<!-- a -->\n<svg />', 'logo.svg'],
    ['data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg" />', 'logo.svg'],
  ])
    assert.equal(brandSettings({ BRAND_LOGO: url }).logo?.file, file);
});
