const opening = /^ {0,3}(`{3,}|~{3,})[ \t]*((?:md|markdown|mdx)\b[^\n`]*)(?:\n|$)/i;
const fence = /^[ \t]*(`{3,}|~{3,})[ \t]*([^\n`]*)$/;

/**
 * A fenced block of Markdown that holds fences as long as its own. CommonMark ends it at the first of
 * them without a language. Here that one ends a fence inside, or begins one if the text before it
 * announces it with a colon. This needs no text after the fence, which a stream does not have yet.
 * @param {string} source
 * @returns {{ type: 'code', raw: string, lang: string, text: string, closed: boolean } | undefined}
 */
export function markdownFence(source) {
  const [first, outer = '', lang = ''] = opening.exec(source) ?? [];
  if (!first) return undefined;
  const indent = first.length - first.trimStart().length;
  /** @type {string[]} */
  const lines = [];
  let end = first.length;
  let before = ''; // the last line with text
  let inside = false;
  for (const line of source.slice(end).split('\n')) {
    const [, mark = '', info = ''] = fence.exec(line) ?? [];
    end = Math.min(end + line.length + 1, source.length);
    if (mark.startsWith(outer)) {
      if (inside) inside = info.trim() !== '';
      else if (info.trim() || /[:：]\s*$/.test(before)) inside = true;
      else return token(true);
    }
    if (line.trim()) before = line;
    lines.push(line.slice(Math.min(indent, line.length - line.trimStart().length)));
  }
  return token(false);

  /** @param {boolean} closed */
  function token(closed) {
    if (!closed && lines.at(-1) === '') lines.pop();
    return {
      type: /** @type {const} */ ('code'),
      raw: source.slice(0, end),
      lang: lang.trim(),
      text: lines.join('\n'),
      closed,
    };
  }
}
