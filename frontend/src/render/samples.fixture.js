/** Typical and malformed Markdown of models. */
export const samples = {
  prose: 'Hello **bold** and *it*, `co de`, ~~old~~ and\nmore.\n\nSecond — “quoted” 😀 words.\n',
  headings: '# One\n\ntext\n\n## Two ##\n### Three\n###### Six\n#5 is no heading\n',
  setext: 'Title\n=====\n\nSub *title*\n---\n\nafter\n\n---\n',
  fences:
    'Run:\n\n```java\nint x = 1;\n\n// ok\n```\n\nthen\n\n~~~\n```\n~~~\n\n    indented\n\n    more\n',
  openFence: 'See\n```js\nlet a = `b`;\n# no heading\n- no item',
  inlineFence: 'para\n```no fence```\nend\n\n`` a ` b `` x',
  tight: '- a\n- **b**\n  - c\n    - d\n- e\n\n1. x\n2. y\n10) z\n',
  loosened: '- a\n- b `c`\n\n- c\n  more\n\n  para\n',
  tasks: '- [ ] do *it*\n- [x] done\n- [X]\n\n1. [ ] one\n\n2. [x] two\n',
  markers: 'sum\n2\n\n- a\n-\n- b\n\n* * *\n\n3. c\n4.\n5\n',
  quotes: '> a\n> b\nlazy\n\n> - x\n> - y\n>> deep\n\n> # H\n> ```\n> code\n> ```\nout\n',
  tables: 'T:\n\n| a | **b** |\n|:--|--:|\n| 1 | `x` |\n| 2 \\| 3 |\nend\n\na | b\n-|-\nc | d\n',
  noTable: 'para\n| a | b |\nnot one\n\n| x |\n|--y\n',
  links:
    '[text](https://a.example/b_c "t") <https://b.example> www.c.example a@d.example https://e.example/x_(y).\n',
  brackets: 'arr[0] and [1] or [a] (b) and [a](no link here) [unclosed',
  images:
    '![alt *x*](https://a.example/p.png) [![in](https://i.example/i.png)](https://l.example)\n',
  references:
    'See [the docs][d] and [d].\n\nMore *text* here.\n\n[d]: https://docs.example "D"\n\nAnd [d] again\n',
  html: '<div>\n*raw*\n\n</div>\n\na <b>x</b> <br> y\n\n<!-- c\n\nd -->\nok\n\n<a href=x>https://z.example\n',
  interrupted: 'para\n<prefix> is\n\n- a\n<h1x> b\n\n> c\n<h2s> d\n',
  entities: 'AT&T &amp; &lt;b&gt; &copy; &#65;&#x42; &nope; &am',
  escapes: '\\*no\\* \\[x\\] a\\\\ b\\\nc\\',
  money: 'It costs $5 and $10, or $x_1$ and $$y$$.\n',
  emphasis: '**a *b* c** ***d* e** _f_g_ 2*3*4 * 5 ** 6 **open *inner',
  bidi: 'שלום **עולם**\n\n- مرحبا\n- hi\n',
  endings: 'a\r\nb\r\rc\r\n\r\n- d\r\n- e\r',
  breaks: 'one  \ntwo\\\nthree\n\n\n\n   \nfour\n',
};
