/**
 * Replaces only the characters that differ, so that a selection of the others survives.
 * @param {Text} node
 * @param {string} text
 */
export function patchText(node, text) {
  const { data } = node;
  if (text.startsWith(data)) {
    if (text.length > data.length) node.appendData(text.slice(data.length));
    return;
  }
  let same = 0;
  while (same < text.length && data[same] === text[same]) same++;
  node.replaceData(same, data.length - same, text.slice(same));
}
