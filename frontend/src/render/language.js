/**
 * The known languages: highlight.js module, display name, aliases in an info string.
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
const byWord = new Map();
for (const [grammar, name, ...aliases] of languages) {
  for (const word of [grammar, ...aliases]) byWord.set(word, { grammar, name });
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
  byWord.set(word, { grammar: byWord.get(word)?.grammar ?? '', name });
}

/**
 * The language of a fenced code block.
 * @param {string} info  the info string, for example "js title=app.js"
 * @returns {{ name: string, grammar?: string }}  name: for display, '' without an info string;
 *   grammar: the highlight.js module, if there is one
 */
export function language(info) {
  const word = /^[\w+#.-]*/.exec(info.trim())?.[0].slice(0, 30) ?? '';
  return byWord.get(word.toLowerCase()) ?? { name: word };
}
