/** @typedef {{ line: number, language: string, text: string }} Block */
/** @typedef {{ line: number, code: string, outputs: Output[] }} Command */
/** @typedef {{ state: string, lines: string[] }} Output  expected while the deployment is in that state */

const FENCE = /^( *)```(\w+)\n(.*?)^\1```$/gms;
const EXPECTED = /^# ([a-z-]+)> (.*)$/;

/**
 * The fenced code blocks of a runbook; `line` is that of the opening fence.
 * @param {string} markdown
 * @returns {Block[]}
 */
export function blocks(markdown) {
  return Array.from(markdown.matchAll(FENCE), match => {
    const [, indent, language, text] = match;
    const line = markdown.slice(0, match.index).split('\n').length;
    return { line, language, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

/**
 * The commands in the `sh` blocks. The lines `# state> …` after a command are its expected outputs;
 * the next line after them starts another command.
 * @param {string} markdown
 */
export function commands(markdown) {
  return blocks(markdown)
    .filter(({ language }) => language === 'sh')
    .flatMap(commandsIn);
}

/** @param {Block} block */
function commandsIn({ line, text }) {
  /** @type {Command[]} */
  const found = [];
  for (const [index, code] of text.trimEnd().split('\n').entries()) {
    const last = found.at(-1);
    const [, state, expected] = EXPECTED.exec(code) ?? [];
    if (last && state) expect(last, state, expected);
    else if (last && last.outputs.length === 0) last.code += `\n${code}`;
    else found.push({ line: line + 1 + index, code, outputs: [] });
  }
  return found;
}

/**
 * @param {Command} command
 * @param {string} state
 * @param {string} line
 */
function expect({ outputs }, state, line) {
  const known = outputs.find(output => output.state === state);
  if (known) known.lines.push(line);
  else outputs.push({ state, lines: [line] });
}

/**
 * Whether an output contains these lines in this order; other lines may stand between them. `…`
 * matches any text, and any run of white space matches any other.
 * @param {string} output
 * @param {string[]} lines
 */
export function containsInOrder(output, lines) {
  const rest = output.split('\n').map(collapseSpace);
  return lines.every(line => {
    const index = rest.findIndex(text => pattern(line).test(text));
    rest.splice(0, index + 1);
    return index >= 0;
  });
}

/** @param {string} line */
function pattern(line) {
  const parts = collapseSpace(line).split('…');
  return new RegExp(
    `^${parts.map(part => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('.*')}$`,
  );
}

/** @param {string} text */
function collapseSpace(text) {
  return text.trim().replace(/\s+/g, ' ');
}
