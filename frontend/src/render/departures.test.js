import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenFormulas } from './formulas.fixture.js';
import { finished, inside } from './page.fixture.js';
import { plainText } from './plain-text.js';

/** @param {string} source */
const rendered = source =>
  inside(finished(source))
    .replaceAll(/ (?:dir|rel|target|data-host|tabindex|role|aria-label)="[^"]*"/g, '')
    .replaceAll('""', '');

/** @param {string} source @param {string} text */
const staysText = (source, text = source) =>
  assert.equal(rendered(source), `<p>${JSON.stringify(text)}</p>`);

/** @param {string} source @param {string} selector */
const texts = (source, selector) =>
  [...finished(source).querySelectorAll(selector)].map(({ textContent }) => textContent);

describe('a tilde', () => {
  for (const text of [
    '~3~5 minutes',
    '~12张和~51张',
    'H~2~O',
    '~/projects and ~/Documents',
    'a ~b~ c',
  ])
    it(`alone is text: ${text}`, () => staysText(text));

  it('strikes in pairs only', () => {
    assert.equal(rendered('~~gone~~ ~here~'), '<p><del>"gone"</del>" ~here~"</p>');
    assert.equal(rendered('删除~~「旧」~~新'), '<p>"删除"<del>"「旧」"</del>"新"</p>');
  });
});

describe('a line break', () => {
  it('is one wherever the model wrote it', () => {
    assert.equal(
      rendered('rain\nstill\n\n- a\n  b'),
      '<p>"rain"<br></br>"still"</p><ul><li>"a"<br></br>"b"</li></ul>',
    );
    assert.equal(rendered('> a\n> b'), '<blockquote><p>"a"<br></br>"b"</p></blockquote>');
  });
});

describe('emphasis beside CJK', () => {
  for (const punctuation of '，。、；：？！“”‘’（）【】《》「」—～…·')
    it(`ends after ${punctuation}`, () => {
      assert.deepEqual(texts(`**真${punctuation}**她`, 'strong'), [`真${punctuation}`]);
      assert.deepEqual(texts(`她**${punctuation}真**她`, 'strong'), [`${punctuation}真`]);
      assert.deepEqual(texts(`*真${punctuation}*她`, 'em'), [`真${punctuation}`]);
    });

  it('follows Korean particles after Latin punctuation', () => {
    assert.deepEqual(texts('**서울(Seoul)**은 도시', 'strong'), ['서울(Seoul)']);
  });

  it('nests and repeats', () => {
    assert.equal(
      rendered('**「甲」**和**「乙」**是*（丙）*。'),
      '<p><strong>"「甲」"</strong>"和"<strong>"「乙」"</strong>"是"<em>"（丙）"</em>"。"</p>',
    );
  });
});

describe('emphasis beside Latin words', () => {
  it('ends after the punctuation of a label', () => {
    assert.equal(
      rendered('**Note:**Text **(b)**text'),
      '<p><strong>"Note:"</strong>"Text "<strong>"(b)"</strong>"text"</p>',
    );
  });

  for (const text of [
    '2*3*4',
    'a*b*c',
    'file_name_*.txt and *.md',
    '5 * 3 * 2',
    'x_1*y_2*z_3',
    '*args, 2*3',
    'f(*args, **kwargs) and g(*args)',
  ])
    it(`does not take an operator for a marker: ${text}`, () => staysText(text));

  for (const name of ['__init__', '__init__.py', '__dunder__', '(__name__)', '__my_own_name__ is'])
    it(`does not take a name for a marker: ${name}`, () => staysText(name));

  it('still emphasizes words', () => {
    assert.equal(
      rendered('*S*trength **S**trength __Two words__ _one_'),
      '<p><em>"S"</em>"trength "<strong>"S"</strong>"trength "<strong>"Two words"</strong>" "<em>"one"</em></p>',
    );
  });
});

describe('a bare address', () => {
  for (const [source, address] of [
    ['链接 https://example.com/a，逗号', 'https://example.com/a'],
    ['https://example.com/中文路径。后面', 'https://example.com/中文路径'],
    ['（https://example.com/a）', 'https://example.com/a'],
    ['「https://example.com」', 'https://example.com'],
    ['https://example.com에서', 'https://example.com'],
    ['https://example.com:8080/a에서 b', 'https://example.com:8080/a에서'],
    ['www.example.com；', 'www.example.com'],
    ['**https://example.com/b**：', 'https://example.com/b'],
    ['“https://example.com/a”', 'https://example.com/a'],
    ['«https://example.com/a»', 'https://example.com/a'],
    ['https://example.com/a، و', 'https://example.com/a'],
    ['https://example.com/a।', 'https://example.com/a'],
    ['https://example.com—x', 'https://example.com'],
    ['https://example.com的内容，见b.txt。', 'https://example.com'],
    ['https://müller.example에서', 'https://müller.example'],
    ['(https://en.example/Foo_(bar)).', 'https://en.example/Foo_(bar)'],
  ])
    it(`ends before punctuation: ${source}`, () => assert.deepEqual(texts(source, 'a'), [address]));

  for (const [source, host] of [
    ['https://müller.de/impressum', 'xn--mller-kva.de'],
    ['https://mu\u0308ller.de', 'xn--mller-kva.de'],
    ['www.müller.de', 'www.xn--mller-kva.de'],
    ['https://Straße.de', 'xn--strae-oqa.de'],
    ['https://пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['https://shop.例え.jp/a', 'shop.xn--r8jz45g.jp'],
  ])
    it(`has its whole host: ${source}`, () => {
      const [link] = finished(`${source}, x`).querySelectorAll('a');
      assert.equal(link.textContent, source);
      assert.equal(new URL(link.getAttribute('href') ?? '').host, host);
    });

  for (const text of [
    'müller@x.de',
    'x.ü.b@y.de',
    'мойa@x.de',
    'a@x.müller.de',
    'https://例え.jp/a',
  ])
    it(`is no part of a longer one: ${text}`, () => staysText(text));

  it('of mail can follow a word without a space', () =>
    assert.deepEqual(texts('邮箱是abc@x.example، Straße: b@x.example', 'a'), [
      'abc@x.example',
      'b@x.example',
    ]));
});

describe('a backslash', () => {
  for (const text of [
    '\\\\server\\share\\_new',
    '\\\\srv-1.example\\c$\\*.txt',
    'C:\\Users\\me\\_old\\new_file.txt',
    'C:\\new_folder\\[1]\\#2',
    'D:\\#x\\[1',
    '\\d+\\.\\d{2}',
    '^\\w+\\-\\w+\\?$',
    '^\\[a-z]+\\.com$',
    '(\\s*\\(\\w+\\)\\s*)',
    '\\b\\*\\w\\_\\1',
    '\\frac{a}{b}\\,dx',
    'a\\nb',
    'Use (\\n) and “\\t”.',
    'dir\\',
  ])
    it(`stays in a word where it does not escape: ${text}`, () => staysText(text));

  it('stays in the formatting of such a word', () => {
    assert.equal(rendered('**\\d\\.**\\*x'), '<p><strong>"\\\\d\\\\."</strong>"\\\\*x"</p>');
  });

  for (const [source, text] of [
    ['\\*not bold\\*', '*not bold*'],
    ['1\\. Not a list', '1. Not a list'],
    ['\\- not a list', '- not a list'],
    ['\\# no heading', '# no heading'],
    ['snake\\_case \\`x\\` \\<b\\> \\$5 \\~\\~a\\~\\~', 'snake_case `x` <b> $5 ~~a~~'],
    ['!\\[a](https://a.example)', '![a](https://a.example)'],
    ['\\!\\"\\#\\$\\%\\&\\\'\\(\\)\\*\\+\\,\\-\\.\\/', '!"#$%&\'()*+,-./'],
    ['\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~', ':;<=>?@[\\]^_`{|}~'],
    ['Hello\\, world\\! \\(fine\\)', 'Hello, world! (fine)'],
    ['https:\\/\\/a.example\\/b', 'https://a.example/b'],
    ['\\\\\\\\server\\\\share', '\\\\server\\share'],
    ['C:\\\\Users\\\\me', 'C:\\Users\\me'],
    ['\\\\d+\\\\.\\\\d', '\\d+\\.\\d'],
    ['\\[sic\\] \\[1\\] \\[2, 3\\] \\[x\\](b)', '[sic] [1] [2, 3] [x](b)'],
    ['\\(see below\\) \\( \\)', '(see below) ( )'],
    ['- \\[x\\] Buy milk', '[x] Buy milk'],
    ['\\(a', '(a'],
    ['路径\\*为 C:\\数据\\*', '路径*为 C:\\数据\\*'],
  ])
    it(`goes where it escapes punctuation: ${source}`, () =>
      assert.equal(finished(source).textContent, text));
});

// As MarkdownQuote of the demo provider writes them; its test has the same values.
describe('a quoted message', () => {
  for (const [message, quote] of [
    ['`code` **a** _b_ ~~c~~', '\\`code\\` \\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['<b>&amp;</b> <sub>x</sub>', '\\<b\\>\\&amp\\;\\<\\/b\\> \\<sub\\>x\\<\\/sub\\>'],
    ['[a](http://b) [^1] [x]', '&#91;a\\](http\\:\\/\\/b\\) &#91;\\^1\\] &#91;x\\]'],
    ['\\(a\\) \\[b\\] $$c$$', '\\\\(a\\\\\\) \\\\&#91;b\\\\\\] \\$\\$c\\$\\$'],
    ['\\\\server\\share', '\\\\\\\\server\\\\share'],
    ['\\d+\\.\\w', '\\\\d\\+\\\\\\.\\\\w'],
    ['C:\\new_folder\\*', 'C\\:\\\\new\\_folder\\\\\\*'],
    ['【1†a】 \ue201', '&#12304;1†a】 &#57857;'],
    ['# a\n\n1. b\n- c', '\\# a\\\n\\\n1\\. b\\\n\\- c'],
    ['*'.repeat(300), '\\*'.repeat(300)],
  ])
    it(`is seen as it was typed: ${message.slice(0, 40)}`, () => {
      const root = finished(`You wrote: “${quote}”\n\nAsk *a*.\n`);
      for (const each of root.querySelectorAll('br')) each.replaceWith('\n');
      assert.equal(root.querySelector('p')?.textContent, `You wrote: “${message}”`);
      assert.equal(root.querySelectorAll('p:first-child *').length, 0);
    });
});

describe('a fence of Markdown', () => {
  for (const [behaviour, source, text] of [
    [
      'holds fences with a language',
      '```markdown\na\n```js\nb\n```\nc\n```\n',
      'a\n```js\nb\n```\nc',
    ],
    [
      'holds an announced fence',
      '```md\nExample:\n\n```\nb\n```\nc\n```\n',
      'Example:\n\n```\nb\n```\nc',
    ],
    ['ends at its own fence', '```md\n# a\n```\nafter\n', '# a'],
    ['ends at a longer fence', '```md\n# a\n````\nafter\n', '# a'],
    ['ignores shorter fences', '````md\n```md\na:\n```\n````\n', '```md\na:\n```'],
    ['loses its indentation only', '  ```md\n  a\n    b\n  ```\n', 'a\n  b'],
  ])
    it(behaviour, () => assert.deepEqual(texts(source, 'figure code'), [text]));

  it('does not change other fences', () => {
    assert.deepEqual(texts('```js\na:\n```\n```\nb\n```', 'figure code'), ['a:', 'b']);
  });
});

describe('a formula', () => {
  for (const source of ['\\(a_1 * b_2 * c_3\\)', '\\(\\{x_1, \\ldots\\}\\)'])
    it(`stays as it is written: ${source}`, () =>
      assert.equal(
        rendered(`a ${source} b`),
        `<p>"a "<span class="maths"><code>${JSON.stringify(source)}</code></span>" b"</p>`,
      ));

  for (const source of ['\\[f(x) = \\*1\\]', '$$E = mc^2$$'])
    it(`has its own line within a text: ${source}`, () =>
      assert.equal(
        rendered(`a ${source}.`),
        `<p>"a "<span class="maths-block"><code>${JSON.stringify(source)}</code></span>"."</p>`,
      ));

  for (const source of ['\\[\nx\n= 1 \\\\\n- 2\n===\n# 3\n\\]', '$$\n1 & 2 \\\\\n3\n$$'])
    it(`keeps its lines, and interrupts a paragraph: ${JSON.stringify(source)}`, () => {
      const code = `<span class="maths-block"><code>${JSON.stringify(source)}</code></span>`;
      assert.equal(rendered(`a\n${source}\nb`), `<p>"a"</p>${code}<p>"b"</p>`);
      assert.equal(
        rendered(`- a\n  ${source.replaceAll('\n', '\n  ')}\n- b`),
        `<ul><li>"a"${code}</li><li>"b"</li></ul>`,
      );
    });

  it('without an end lasts to the blank line', () => {
    assert.equal(
      rendered('\\[\nx *y*\n\n*z*'),
      '<span class="maths-block"><code>"\\\\[\\nx *y*"</code></span><p><em>"z"</em></p>',
    );
  });

  for (const source of ['\\(\\sin(a)\\)和\\(\\cos(a)\\)', '\\(x = \\frac{a}{b}\\)-\\[y\\]'])
    it(`follows another one without a space: ${source}`, () => {
      assert.doesNotMatch(rendered(source).replace(/<code>.*?<\/code>/g, ''), /\\/);
    });

  it('has bars in a table', () => {
    const source = '| \\(|x|\\) | b |\n|---|---|\n| $$P(A|B)$$ | \\[|y|\\] |';
    assert.deepEqual(texts(source, 'th, td'), ['\\(|x|\\)', 'b', '$$P(A|B)$$', '\\[|y|\\]']);
  });

  for (const source of brokenFormulas)
    it(`goes on over lines that look like other blocks: ${JSON.stringify(source)}`, () => {
      for (const [first, indent, after, count] of /** @type {const} */ ([
        ['', '', '', 0],
        ['a\nSo: ', '', ' b\nc', 0],
        ['\\[1\\] and `$$` and $$x$$, ', '', '.\n\nb', 0],
        ['- ', '  ', '\n- b', 1],
        ['1. b ', '   ', ' c', 1],
        ['- b\n  c ', '  ', '', 1],
        ['> ', '> ', '\n> b', 1],
        ['> - b ', '>   ', '', 2],
      ])) {
        const root = finished(`${first}${source.replaceAll('\n', `\n${indent}`)}${after}`);
        const code = [...root.querySelectorAll('.maths-block')].at(-1)?.textContent;
        assert.equal(code?.replaceAll(/ +/g, ' '), source.replaceAll(/ +/g, ' '), first);
        const blocks = root.querySelectorAll('ul, ol, blockquote, h1, h2, h3, h4, h5, h6, hr');
        assert.equal(blocks.length, count, first);
      }
    });

  for (const source of [
    'Match `\\[a` or:\n- b\n- c `\\]`',
    'Match \\\\[a or:\n- b\n- c \\\\]',
    'See \\[the list below:\n- b\n- c\\]',
    'See \\[x:\n- b\n- c',
    'See \\[x:\n- b\n\n- c \\]',
    'Costs $$ = a lot:\n- b $$',
    '$$ = moderate, \\$20\n- b $$ = c\n- d $$',
    'A $$\n- b: $$\n- c: $$$',
    'PID=$$\n- echo $$',
    'Interval \\[0, 1)\n- and (0, 1\\]',
    'Escape the characters \\[ and \\( first.\n- use \\[ for open\n- use \\] for close',
    'Bash: `x` $$_A\n- then $$ alone',
  ])
    it(`does not hold the list after it: ${JSON.stringify(source)}`, () => {
      assert.ok(finished(source).querySelector('ul > li'));
      assert.ok(finished('- a\n\n', source).querySelectorAll('ul > li').length > 1);
    });

  it('does not swallow code or a table after a bracket', () => {
    const code =
      'To match it, write \\[ in the pattern:\n```js\nconst re = /\\[(\\d+)\\]/;\n```\nDone.';
    assert.deepEqual(texts(code, 'pre, p'), [
      'To match it, write [ in the pattern:',
      'const re = /\\[(\\d+)\\]/;',
      'Done.',
    ]);
    for (const first of ['Keys \\[Ctrl', 'Keys \\[x'])
      assert.equal(
        finished(`${first}\n\n| a | b |\n|---|---|\n| c\\] | d |\n`).querySelectorAll('td').length,
        2,
      );
  });

  it('hides its markers from emphasis', () => {
    assert.equal(
      rendered('**a \\(b ** c\\) d**'),
      '<p><strong>"a "<span class="maths"><code>"\\\\(b ** c\\\\)"</code></span>" d"</strong></p>',
    );
  });

  for (const text of [
    '$5 and $10',
    'from $5_000 to $6_000',
    'US$5*x and $7',
    'price: $$',
    '$$ and $$$',
    "Luigi's ($$) and Mario's ($$)",
    'It is $$ and good, $$ per head',
    '价格 $$，人均 $$ 左右',
    'The PID is $$, the parent $$.',
    'kill -9 $$ && echo $$',
    'PID=$$ PPID=$$',
    'a.$$ and log.$$',
  ])
    it(`is not money or a process: ${text}`, () => {
      staysText(text);
      assert.equal(finished(`- a\n- ${text}`).querySelector('code'), null);
    });

  it('is not a price that stands alone', () => {
    assert.equal(finished('- $\n- $$\n- $$$\n\n$$\n\na').textContent, '$$$$$$$$a');
  });

  for (const [source, text] of [
    ['It is $$ and good, \\$5 per head, $$ here', 'It is $$ and good, $5 per head, $$ here'],
    ["Luigi's ($$, \\$20) and Mario's ($$)", "Luigi's ($$, $20) and Mario's ($$)"],
    ['PID=$$ \\$HOME PPID=$$', 'PID=$$ $HOME PPID=$$'],
    ['$$ and \\$$', '$$ and $$'],
    ['$a or \\$5 to b$', '$a or $5 to b$'],
  ])
    it(`is not money beside an escaped dollar: ${source}`, () => staysText(source, text));

  for (const source of [
    '$$ FV = \\$1{,}000 \\times (1+0.05)^{3} = \\$1{,}157.63 $$',
    '$$\\$5 + \\$3$$',
    '$$ \\$5 $$',
    '$$x = 5\\$$$',
    '$$\\$x \\\\$$',
  ])
    it(`has dollars of its own: ${source}`, () => {
      assert.deepEqual(texts(`a ${source} b`, 'code'), [source]);
      assert.deepEqual(texts(`|a|b|\n|-|-|\n|${source}|b|`, 'td'), [source, 'b']);
    });

  it('in single dollars has dollars of its own', () => {
    staysText('$\\$5 \\cdot x_{i}^{*} + y_{j}^{*}$ and $a_1 * \\$2 * c^3$');
  });

  for (const source of ['$$ a + b $$', '$$x$$', '$$\\frac12$$', '$$ Net Cost = x $$', '$$f(x)=$$'])
    it(`has two dollars: ${source}`, () =>
      assert.deepEqual(texts(`a ${source} b`, 'code'), [source]));

  it('in single dollars is text without markup', () => {
    staysText('$x_{i}^{*} + y_{j}^{*}$ and $a_1 * b_2 * c^3$');
  });

  it('is not code', () => {
    assert.equal(
      rendered('`\\(a\\)` `$$`'),
      '<p><code>"\\\\(a\\\\)"</code>" "<code>"$$"</code></p>',
    );
  });
});

describe('a table', () => {
  it('keeps the bars of code', () => {
    const source = '| a | b |\n|---|---|\n| `x | y` | ``z ` | \\|``  |\n| \\| | **c** |\n';
    assert.deepEqual(texts(source, 'td'), ['x | y', 'z ` | |', '|', 'c']);
    assert.equal(finished(`${source}\nafter | it`).querySelectorAll('p').length, 1);
  });

  for (const [row, cells] of [
    ['| A | $$ | $$$ |', ['A', '$$', '$$$']],
    ['| $$  | Bistro | $$ |', ['$$', 'Bistro', '$$']],
    ['|$$|4|$$|', ['$$', '4', '$$']],
    ['| bar ($$) | 4 | pub ($$) |', ['bar ($$)', '4', 'pub ($$)']],
    ['| ` | tick | ` |', ['`', 'tick', '`']],
    ['` | tick | `', ['`', 'tick', '`']],
    ['| `|` | $$|x|$$ | $$ |y| $$ |', ['|', '$$|x|$$', '$$ |y| $$']],
  ])
    it(`has its cells: ${row}`, () => {
      assert.deepEqual(texts(`|a|b|c|\n|-|-|-|\n${row}`, 'td'), cells);
    });
});

describe('raw HTML', () => {
  for (const tag of ['sub', 'sup', 'kbd', 'u', 'mark'])
    it(`becomes an element without attributes: ${tag}`, () => {
      assert.equal(
        rendered(`a<${tag}>*b*</${tag}>c`),
        `<p>"a"<${tag}><em>"b"</em></${tag}>"c"</p>`,
      );
      assert.equal(
        rendered(`a<${tag}>b<${tag}>c</${tag}></${tag}>`),
        `<p>"a"<${tag}>"b"<${tag}>"c"</${tag}></${tag}></p>`,
      );
      assert.equal(finished(`<${tag} id=x>b</${tag}>`).querySelector(tag), null);
      staysText(`a<${tag}>b`);
    });

  it('folds details', () => {
    assert.equal(
      rendered('<details>\n<summary>A *b*</summary>\n\n- c\n\n</details>\n\nd'),
      '<details><summary>"A "<em>"b"</em></summary><ul><li>"c"</li></ul></details><p>"d"</p>',
    );
    assert.equal(
      rendered('<details><summary>A</summary>b</details>'),
      '<details><summary>"A"</summary><p>"b"</p></details>',
    );
  });

  it('nests details, and skips those in code', () => {
    const source = '<details>\n<details>\na\n</details>\n\n```\n</details>\n```\n\n</details>\nb';
    assert.deepEqual(texts(source, 'details > details'), ['a']);
    assert.deepEqual(texts(source, 'details ~ p'), ['b']);
  });

  for (const item of ['1. ', '- ', '> ', '- 2) '])
    it(`nests details, and skips those in code after a marker: ${item}`, () => {
      const indent = ' '.repeat(item.length);
      const source = `<details>\n\n${item}\`\`\`bash\n${indent}a\n${indent}\`\`\`\n\n</details>\nb`;
      assert.deepEqual(texts(source, 'details ~ p'), ['b']);
    });

  it('ends details after code within a line', () => {
    const source = '<details>\n\n```a``` b\n\n</details>\nb';
    assert.deepEqual(texts(source, 'details ~ p'), ['b']);
  });

  it('opens details that nothing closes', () => {
    assert.equal(finished('<details>\na').querySelector('details')?.hasAttribute('open'), true);
  });

  for (const text of ['Use the <details> element', '<details open> x', '<b>bold</b>'])
    it(`else stays text: ${text}`, () => assert.equal(finished(text).textContent, text));
});

describe('a footnote', () => {
  it('is a superscript, and its definition a line', () => {
    assert.equal(
      rendered('a[^1] b[^n].\n\n[^1]: One *x*\n[^n]: Two\n    more\n\nc'),
      '<p>"a"<sup>"[1]"</sup>" b"<sup>"[n]"</sup>"."</p><div class="footnote"><sup>"[1]"</sup>"One "<em>"x"</em></div>' +
        '<div class="footnote"><sup>"[n]"</sup>"Two"<br></br>"more"</div><p>"c"</p>',
    );
  });

  it('may hold nothing but an address', () => {
    assert.deepEqual(texts('a[^1]\n\n[^1]: https://a.example', '.footnote'), [
      '[1]https://a.example',
    ]);
  });

  it('is not a set of characters', () => staysText('[^a-z] and [^abc]'));
});

describe('a citation mark', () => {
  for (const mark of [
    '【4:0†terms_of_use.pdf】',
    '【1†source】',
    '\ue200cite\ue202turn0search5\ue202turn0_x\ue201',
    '\ue203',
  ])
    it(`is not shown: ${JSON.stringify(mark)}`, () => {
      assert.equal(finished(`a${mark}. *b${mark}*`).textContent, 'a. b');
      assert.equal(plainText(`a${mark}.`), 'a.');
    });

  it('is not a Chinese heading', () => staysText('【注意】 and 【2024】'));
});

describe('a bidi control', () => {
  for (const control of '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069')
    it(`is a mark: ${control.charCodeAt(0).toString(16)}`, () => {
      const mark = `[U+${control.charCodeAt(0).toString(16).toUpperCase()}]`;
      for (const source of [
        `a${control}b`,
        `\`a${control}b\``,
        `<u>a${control}b</u>`,
        `[a${control}b](https://a.example)`,
        `\`\`\`\na${control}b\n\`\`\``,
      ])
        assert.equal(texts(source, 'code, a, u, p')[0], `a${mark}b`, source);
      const table = finished(`|a${control}b|\n|-|\n`).querySelector('.table-scroll');
      assert.equal(table?.getAttribute('aria-label'), `Table: a${mark}b`);
    });

  it('is a mark when a character reference hides it', () => {
    assert.equal(finished('a&#x202E;b').textContent, 'a[U+202E]b');
  });
});
