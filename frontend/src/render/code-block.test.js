import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { codeBlock } from './code-block.js';
import { markdown } from './markdown.js';
import { emptyRoot, finished, incomplete } from './page.fixture.js';
import { HighlightWorker } from './worker.fixture.js';

Object.assign(globalThis, { Worker: HighlightWorker });

const java = '```java\nint x = 1; // one\n```\n';

/** @param {HTMLElement} root */
async function highlighted(root) {
  for (let tries = 0; tries < 100 && !root.querySelector('.text-code-comment'); tries++)
    await pause(20);
  return root;
}

describe('a code block', () => {
  it('shows its language and labels its button', () => {
    const root = finished(java);
    assert.equal(root.querySelector('.code-block-language')?.textContent, 'Java');
    assert.equal(root.querySelector('button')?.getAttribute('aria-label'), 'Copy Java code');
    assert.equal(root.querySelector('pre')?.getAttribute('aria-label'), 'Java code');
  });

  it('needs no language', () => {
    const root = finished('```\nx\n```');
    assert.equal(root.querySelector('.code-block-language')?.textContent, '');
    assert.equal(root.querySelector('button')?.getAttribute('aria-label'), 'Copy code');
  });

  it('shows the name of an unknown language', () => {
    const root = finished('```brainfuck {1,2}\n+\n```');
    assert.equal(root.querySelector('.code-block-language')?.textContent, 'brainfuck');
  });

  it('scrolls with the keyboard', () => {
    assert.equal(finished(java).querySelector('pre')?.getAttribute('tabindex'), '0');
  });

  it('streams into one text node', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('```js\nlet');
    const pre = root.querySelector('pre');
    const text = root.querySelector('code')?.firstChild;
    for (const letter of ' a = 1;\n\n# b\n- c\n``\n') answer.append(letter);
    assert.equal(root.querySelector('pre'), pre);
    assert.equal(root.querySelector('code')?.childNodes.length, 1);
    assert.equal(root.querySelector('code')?.firstChild, text);
    assert.equal(text?.textContent, 'let a = 1;\n\n# b\n- c\n``');
  });
});

describe('code highlighting', () => {
  it('starts when the fence is closed, before the answer ends', async () => {
    const root = await highlighted(incomplete(`${java}more`));
    assert.equal(root.querySelector('code')?.textContent, 'int x = 1; // one');
    assert.equal(root.querySelector('.text-code-type')?.textContent, 'int');
    assert.equal(root.querySelector('.text-code-number')?.textContent, '1');
    assert.equal(root.querySelector('.text-code-comment')?.textContent, '// one');
  });

  it('is removed when the code changes', async () => {
    const block = codeBlock('java');
    const root = document.createElement('div');
    root.append(block.node);
    block.update({ text: 'int x; // one', closed: true }, false);
    await highlighted(root);
    block.update({ text: 'int y; // one', closed: true }, false);
    assert.equal(root.querySelector('code')?.textContent, 'int y; // one');
  });

  it('waits for the closing fence', async () => {
    const root = incomplete('```java\nint x = 1; // one\n');
    await pause(200);
    assert.equal(root.querySelectorAll('code span').length, 0);
  });

  it('does not change the code', async () => {
    const code =
      '<!-- a --><p class="b">&amp; é 😀</p>\n<script>\n\tlet x = "</b>"; // c\n</script>';
    const root = await highlighted(finished(`\`\`\`html\n${code}\n\`\`\``));
    assert.equal(root.querySelector('code')?.textContent, code);
    assert.equal(root.querySelector('.text-code-comment')?.textContent, '<!-- a -->');
    assert.equal(root.querySelectorAll('code :not(span)').length, 0);
  });

  it('waits while the code is selected', async () => {
    const root = finished(java);
    document.body.append(root);
    const selection = /** @type {Selection} */ (document.getSelection());
    selection.selectAllChildren(/** @type {Node} */ (root.querySelector('code')));
    await pause(200);
    assert.equal(root.querySelectorAll('code span').length, 0);
    selection.removeAllRanges();
    document.dispatchEvent(new Event('selectionchange'));
    await highlighted(root);
    assert.equal(root.querySelectorAll('.text-code-comment').length, 1);
    root.remove();
  });

  it('skips code that is too long', async () => {
    const root = finished(`\`\`\`java\n${'int x; // y\n'.repeat(5_000)}\`\`\``);
    await pause(200);
    assert.equal(root.querySelectorAll('code span').length, 0);
  });
});

describe('copying code', () => {
  /** @type {string[]} */
  let copied = [];
  afterEach(() => {
    copied = [];
    Reflect.deleteProperty(globalThis, 'navigator');
    Reflect.deleteProperty(document, 'execCommand');
  });

  /** @param {HTMLElement} root */
  async function press(root) {
    document.body.append(root);
    const said = new Promise(resolve =>
      root.addEventListener('announce', event =>
        resolve(/** @type {CustomEvent} */ (event).detail),
      ),
    );
    root.querySelector('button')?.click();
    const sentence = await said;
    root.remove();
    return sentence;
  }

  /** @param {unknown} value */
  function setNavigator(value) {
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
  }

  it('copies the source, also after highlighting', async () => {
    setNavigator({
      clipboard: { writeText: async (/** @type {string} */ text) => copied.push(text) },
    });
    const root = finished(java);
    assert.equal(await press(root), 'Copied');
    assert.equal(root.querySelector('button')?.textContent, 'Copied');
    assert.equal(await press(await highlighted(root)), 'Copied');
    assert.deepEqual(copied, ['int x = 1; // one', 'int x = 1; // one']);
  });

  it('works outside a secure context', async () => {
    setNavigator({});
    document.execCommand = () => {
      copied.push(/** @type {HTMLTextAreaElement} */ (document.activeElement)?.value);
      return true;
    };
    assert.equal(await press(finished(java)), 'Copied');
    assert.deepEqual(copied, ['int x = 1; // one']);
    assert.equal(document.querySelectorAll('textarea').length, 0);
  });

  it('announces a failure', async () => {
    setNavigator({});
    document.execCommand = () => false;
    const root = finished(java);
    assert.equal(await press(root), 'Copying failed');
    assert.equal(root.querySelector('button')?.textContent, 'Failed');
  });
});
