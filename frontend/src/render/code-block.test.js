import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { codeBlock } from './code-block.js';
import { markdown } from './markdown.js';
import { emptyRoot, growing, settled } from './page.fixture.js';

const java = '```java\nint x = 1; // one\n```\n';

/** @param {HTMLElement} root */
async function coloured(root) {
  for (let tries = 0; tries < 100 && !root.querySelector('.code-comment'); tries++) await pause(20);
  return root;
}

describe('a block of code', () => {
  it('names its language and what its button copies', () => {
    const root = settled(java);
    assert.equal(root.querySelector('.code-block-language')?.textContent, 'Java');
    assert.equal(root.querySelector('button')?.getAttribute('aria-label'), 'Copy Java code');
    assert.equal(root.querySelector('pre')?.getAttribute('aria-label'), 'Java code');
  });

  it('does without a language', () => {
    const root = settled('```\nx\n```');
    assert.equal(root.querySelector('.code-block-language')?.textContent, '');
    assert.equal(root.querySelector('button')?.getAttribute('aria-label'), 'Copy code');
  });

  it('keeps the name of a language it cannot colour', () => {
    const root = settled('```brainfuck {1,2}\n+\n```');
    assert.equal(root.querySelector('.code-block-language')?.textContent, 'brainfuck');
  });

  it('can be scrolled with the keyboard', () => {
    assert.equal(settled(java).querySelector('pre')?.getAttribute('tabindex'), '0');
  });

  it('grows in one text node', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('```js\nlet');
    const pre = root.querySelector('pre');
    const text = root.querySelector('code')?.firstChild;
    for (const letter of ' a = 1;\n\n# b\n- c\n``\n') answer.write(letter);
    assert.equal(root.querySelector('pre'), pre);
    assert.equal(root.querySelector('code')?.childNodes.length, 1);
    assert.equal(root.querySelector('code')?.firstChild, text);
    assert.equal(text?.textContent, 'let a = 1;\n\n# b\n- c\n``');
  });
});

describe('the colours of code', () => {
  it('come once the fence is closed, while the answer goes on', async () => {
    const root = await coloured(growing(`${java}more`));
    assert.equal(root.querySelector('code')?.textContent, 'int x = 1; // one');
    assert.equal(root.querySelector('.code-type')?.textContent, 'int');
    assert.equal(root.querySelector('.code-number')?.textContent, '1');
    assert.equal(root.querySelector('.code-comment')?.textContent, '// one');
  });

  it('give way to code that changes after all', async () => {
    const block = codeBlock('java');
    const root = document.createElement('div');
    root.append(block.node);
    block.write('int x; // one');
    block.finish();
    await coloured(root);
    block.write('int y; // one');
    assert.equal(root.querySelector('code')?.textContent, 'int y; // one');
  });

  it('wait for the end of the fence', async () => {
    const root = growing('```java\nint x = 1; // one\n');
    await pause(200);
    assert.equal(root.querySelectorAll('code span').length, 0);
  });

  it('are the same code, letter for letter', async () => {
    const code =
      '<!-- a --><p class="b">&amp; é 😀</p>\n<script>\n\tlet x = "</b>"; // c\n</script>';
    const root = await coloured(settled(`\`\`\`html\n${code}\n\`\`\``));
    assert.equal(root.querySelector('code')?.textContent, code);
    assert.equal(root.querySelector('.code-comment')?.textContent, '<!-- a -->');
    assert.equal(root.querySelectorAll('code :not(span)').length, 0);
  });

  it('wait while the reader has the code selected', async () => {
    const root = settled(java);
    document.body.append(root);
    const selection = /** @type {Selection} */ (document.getSelection());
    selection.selectAllChildren(/** @type {Node} */ (root.querySelector('code')));
    await pause(200);
    assert.equal(root.querySelectorAll('code span').length, 0);
    selection.removeAllRanges();
    document.dispatchEvent(new Event('selectionchange'));
    await coloured(root);
    assert.equal(root.querySelectorAll('.code-comment').length, 1);
    root.remove();
  });

  it('stay away from code that is too long', async () => {
    const root = settled(`\`\`\`java\n${'int x; // y\n'.repeat(5_000)}\`\`\``);
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

  it('takes the code as written, also once it is coloured', async () => {
    setNavigator({
      clipboard: { writeText: async (/** @type {string} */ text) => copied.push(text) },
    });
    const root = settled(java);
    assert.equal(await press(root), 'Copied');
    assert.equal(root.querySelector('button')?.textContent, 'Copied');
    assert.equal(await press(await coloured(root)), 'Copied');
    assert.deepEqual(copied, ['int x = 1; // one', 'int x = 1; // one']);
  });

  it('works on a page that is no secure context', async () => {
    setNavigator({});
    document.execCommand = () => {
      copied.push(/** @type {HTMLTextAreaElement} */ (document.activeElement)?.value);
      return true;
    };
    assert.equal(await press(settled(java)), 'Copied');
    assert.deepEqual(copied, ['int x = 1; // one']);
    assert.equal(document.querySelectorAll('textarea').length, 0);
  });

  it('says so where it fails', async () => {
    setNavigator({});
    document.execCommand = () => false;
    const root = settled(java);
    assert.equal(await press(root), 'Copying failed');
    assert.equal(root.querySelector('button')?.textContent, 'Failed');
  });
});
