/**
 * The known languages, one a line: highlight.js module, display name, aliases in an info string. Of
 * several lines with the same module, the last one names the module itself. A text weighs less than
 * lists of strings.
 */
const languages = `bash Bash sh zsh
c C h
cpp C++ c++ cc hpp cxx
csharp C# c# cs
css SCSS scss
css CSS less
diff Diff patch
dockerfile Dockerfile docker
go Go golang
graphql GraphQL gql
ini TOML toml
ini INI properties
java Java
javascript JSX jsx
javascript JavaScript js mjs cjs
json JSON jsonc json5
kotlin Kotlin kt kts
lua Lua
makefile Makefile make mk
markdown Markdown md
php PHP
python Python py python3
r R
ruby Ruby rb
rust Rust rs
shell Shell console shellsession
sql SQL postgresql mysql sqlite
swift Swift
typescript TSX tsx
typescript TypeScript ts mts cts
xml HTML html
xml SVG svg
xml Vue vue
xml XML xhtml
yaml YAML yml`;

/** @type {Map<string, { grammar: string, name: string }>} */
const byWord = new Map();
for (const line of languages.split('\n')) {
  const [grammar, name, ...aliases] = line.split(' ');
  for (const word of [grammar, ...aliases]) byWord.set(word, { grammar, name });
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
