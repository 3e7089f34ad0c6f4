// Also of a list or a quotation.
const FENCE = /^((?:[ \t>]|[-*+] |\d{1,9}[.)] )*)(`{3,}|~{3,})([^\n`]*)$/;

/**
 * The code block that a text leaves open: its marks, and what is before them in the line that closes
 * it. It ends with its list item or quotation; a mark that is indented further is code.
 * @param {string} text
 * @returns {{ marks: string, indent: string } | undefined}
 */
export function openFence(text) {
  /** @type {{ marks: string, indent: string, container: string } | undefined} */
  let open;
  for (const line of text.split('\n')) {
    if (open && line.trim() !== '' && !line.startsWith(open.container)) open = undefined;
    const [, prefix = '', marks, info] = FENCE.exec(line) ?? [];
    if (!marks) continue;
    const indent = prefix.replace(/[^\s>]/g, ' ');
    if (!open) open = { marks, indent, container: prefix === indent ? indent.trim() : indent };
    else if (marks.startsWith(open.marks) && info.trim() === '' && prefix === indent) {
      if (indent.length < open.indent.length + 4) open = undefined;
    }
  }
  return open;
}
