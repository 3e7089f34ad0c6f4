/**
 * The languages that code is named after and coloured in: what people write after a fence, first
 * the name of highlight.js' module, then how the language is spelt.
 * @type {[grammar: string, name: string, ...aliases: string[]][]}
 */
const languages = [
  ['bash', 'Bash', 'sh', 'zsh'],
  ['c', 'C', 'h'],
  ['cpp', 'C++', 'c++', 'cc', 'hpp', 'cxx'],
  ['csharp', 'C#', 'c#', 'cs'],
  ['css', 'CSS', 'scss', 'less'],
  ['diff', 'Diff', 'patch'],
  ['dockerfile', 'Dockerfile', 'docker'],
  ['go', 'Go', 'golang'],
  ['graphql', 'GraphQL', 'gql'],
  ['ini', 'INI', 'toml', 'properties'],
  ['java', 'Java'],
  ['javascript', 'JavaScript', 'js', 'jsx', 'mjs', 'cjs'],
  ['json', 'JSON', 'jsonc', 'json5'],
  ['kotlin', 'Kotlin', 'kt', 'kts'],
  ['lua', 'Lua'],
  ['makefile', 'Makefile', 'make', 'mk'],
  ['markdown', 'Markdown', 'md'],
  ['php', 'PHP'],
  ['python', 'Python', 'py', 'python3'],
  ['r', 'R'],
  ['ruby', 'Ruby', 'rb'],
  ['rust', 'Rust', 'rs'],
  ['shell', 'Shell', 'console', 'shellsession'],
  ['sql', 'SQL', 'postgresql', 'mysql', 'sqlite'],
  ['swift', 'Swift'],
  ['typescript', 'TypeScript', 'ts', 'tsx', 'mts', 'cts'],
  ['xml', 'XML', 'html', 'svg', 'xhtml', 'vue'],
  ['yaml', 'YAML', 'yml'],
];

/** @type {Map<string, { grammar: string, name: string }>} */
const known = new Map();
for (const [grammar, name, ...aliases] of languages) {
  for (const word of [grammar, ...aliases]) known.set(word, { grammar, name });
}
for (const [word, name] of [
  ['scss', 'SCSS'],
  ['html', 'HTML'],
  ['svg', 'SVG'],
  ['vue', 'Vue'],
  ['toml', 'TOML'],
  ['jsx', 'JSX'],
  ['tsx', 'TSX'],
]) {
  known.set(word, { grammar: known.get(word)?.grammar ?? '', name });
}

/**
 * The language of a fence.
 * @param {string} info  what follows the opening fence, as in "js title=app.js"
 * @returns {{ name: string, grammar?: string }}  name: for people, '' if none was given;
 *   grammar: the module of highlight.js, if there is one
 */
export function language(info) {
  const word = /^[\w+#.-]*/.exec(info.trim())?.[0].slice(0, 30) ?? '';
  return known.get(word.toLowerCase()) ?? { name: word };
}
