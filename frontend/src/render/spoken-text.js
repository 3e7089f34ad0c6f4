import { renderStrings } from '../strings/render.js';
import { plainLines, plainText } from './plain-text.js';

export { plainText };

const MAX_TASK_MS = 5; // a frame of the page follows
// Each kind of syntax that most answers have.
const SAMPLE = `# A\n
B **c** *d* \`e\` ~~f~~ [g](https://h.example) \\(i\\)\n
- j\n  1. k\n
| l | m |\n|---|---|\n| n | o |\n
> p\n
\`\`\`js\nq\n\`\`\`\n
\\[\nr\n\\]\n`;

/**
 * Lets the browser compile the regular expressions of Markdown and load the rules of languages before
 * an answer needs them, because that would delay its first frames by 60 ms.
 */
export function prepare() {
  new Intl.ListFormat();
  void spokenText(SAMPLE, 'full');
}

/**
 * What a screen reader says of an answer. A long one is read in several tasks.
 * @param {string} markdown
 * @param {string} setting  `full`, `first` for the first sentence, `complete` for no text
 */
export async function spokenText(markdown, setting) {
  const countWords = wordCounter();
  const lines = [];
  let count = 0;
  let begin = performance.now();
  for (const line of plainLines(markdown)) {
    if (performance.now() - begin > MAX_TASK_MS) {
      await new Promise(resolve => setTimeout(resolve));
      begin = performance.now();
    }
    lines.push(line);
    count += countWords(line);
  }
  const text = lines.join('\n');
  const spoken = setting === 'first' ? firstSentence(text) : text;
  return {
    end: renderStrings.complete(count || Number(text !== '')), // signs without a word count as one
    text: setting === 'complete' ? undefined : spoken,
  };
}

/**
 * Chinese, Japanese and Thai have no spaces between words. A Firefox before 125 cannot segment them.
 * @returns {(text: string) => number}
 */
function wordCounter() {
  if (!('Segmenter' in Intl)) return text => text.split(/\s+/).filter(Boolean).length;
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return text => {
    let count = 0;
    for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count++;
    return count;
  };
}

/** @param {string} text */
function firstSentence(text) {
  return /^.*?(?:[.!?…](?=\s)|[。！？]|$)/m.exec(text)?.[0] ?? text;
}
