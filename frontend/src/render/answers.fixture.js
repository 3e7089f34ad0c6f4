import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Answers as models write them: prose, figures, code names and scripts among the Markdown. */
const written = {
  tildes:
    'The drive takes ~3 hours from Lyon and the detour another 40 minutes, so plan ~4~5 hours in total and leave before noon, because the pass closes early.\n\nUse ~/notes and ~~not~~ `~/tmp`.\n',
  stars:
    'It passes *args as a tuple and **kwargs as a dictionary to the wrapped function, whatever the caller hands in, and 2*3*4 stays a product like a*b*c in the text that follows.\n\n*One* and **two** and ***three***.\n',
  underscores:
    'Set _private and __version__ before you call snake_case_name, and keep __init__.py empty, since the loader imports every module that it finds in the folder anyway.\n',
  brackets:
    'The half-open interval [0, 1) is what the generator returns, so the upper bound never occurs, and list[0 is a typing error that the compiler reports further down below.\n\nSee [the guide](https://docs.example/guide_(2)) and [1].\n',
  backticks:
    'A single ` opens code in Markdown and without a second one the rest of the paragraph stays what it is, prose, however long the model goes on about it after that.\n\n`` a ` b `` and `c`.\n',
  tags: 'H<sub>2</sub>O and x<sup>2</sup>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, <mark>**new**</mark>, a <sub> that nobody closes before the end of a paragraph which is rather long for a subscript, and <b>bold</b>.\n',
  openFormulas:
    'So: \\[ L(x) = f(x)\n+ \\lambda g(x)\n= 1\n\\] and $$\\begin{aligned}\na &= \\$5\n- 2\n\\end{aligned}$$ so.\n\n- The pattern \\[a-z\\d opens a set, and a list follows that is no part of it:\n  - one\n  - two\n\n$$ = moderate\n- Luigi $$\n',
  details:
    'Short answer: yes.\n\n<details>\n<summary>The *long* answer</summary>\n\nBecause:\n\n- one\n- two\n\n```html\n</details>\n```\n\n</details>\n\nAfter it.\n',
  openDetails: '<details><summary>More</summary>\n\nNothing closes this.\n\n- so all is inside\n',
  fences:
    'Save this as README.md:\n\n```markdown\n# Title\n\nInstall:\n```\nnpm install\n```\n\n## Use\n```js\nrun();\n```\n```\n\nThen **push** it.\n\n````md\n```\nx\n```\n````\nEnd.\n',
  maths:
    'With \\(a_1 * b_2 * c_3\\) and \\(x^{*}\\):\n\\[\n\\begin{pmatrix}\n1 & 2 \\\\\n- 3 & 4\n\\end{pmatrix}\n= \\{x\\}\n\\]\nand\n\n$$\nE = mc^2\n$$\n\nso $x_{i}^{*} + y_{j}^{*}$ costs $5 or $10, \\[f(x) = 1\\] done.\n\n\\[ never closed\n',
  footnotes:
    'A claim[^1] and a second.[^note] Not one: [^a-z].\n\n[^1]: The *source*, 2022.\n[^note]: A long note\n    on two lines.\n\nAfter.\n',
  citations:
    'Refunds take 14 days【4:0†terms_of_use.pdf】 by law. \ue200cite\ue202turn0search5\ue202turn1view0\ue201 That is **all\ue200cite\ue202turn0search1\ue201**.\n\n【注意】保留。\n',
  cjk: '* **完成。**下一步\n* 他写了**《雨夜》**的序和*（注）*也。\n* **서울(Seoul)**은 도시\n\n价格是 0.3~8 元，链接 https://example.com/a，和 https://example.com/路径。后面\n',
  paths:
    'Copy C:\\Users\\me\\_old\\*.txt to \\\\server\\share\\_new and match \\d+\\.\\d{2} or \\*stars\\*.\n\n1\\. Not a list\n\\- nor this\n',
  poem: 'Silver threads of rain\nGather where the stones lie still\n\nAnna Smith\n12 Main Street\n\nQ: What?\nA: **That**\n',
  bidi: 'user\u202enimda and \u2066x\u2069, `code \u202e`.\n\n```\nif \u202e }\n```\n\n1. שלום\n2. React היא ספרייה\n',
  table:
    '| Name | Value |\n|---|---:|\n| **a** | 1 |\n| `b | c` | ~2~3 |\n\n| this is only a line that begins with a bar and goes on as prose for much longer than the header of a table would, line after line after line, until everybody has long understood it is none, and on it goes.\n',
};

const MAX_LENGTH = 1500; // characters; each of them is a split

/** The Markdown files of a folder, if there is one, by name. @param {string} path */
function files(path) {
  const folder = new URL(path, import.meta.url);
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.md')) : [];
  const texts = names.map(name => [name, readFileSync(new URL(name, folder), 'utf8')]);
  return Object.fromEntries(texts.filter(([, text]) => text.length <= MAX_LENGTH));
}

/** @type {Record<string, string>} */
export const answers = {
  ...written,
  ...files('../../../demo-provider/src/main/resources/demo/'),
  ...files('../../../../shared/field/answers/'), // reports, where they are at hand; not ours to publish
};
