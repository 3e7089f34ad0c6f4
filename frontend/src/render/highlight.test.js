import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import './page.fixture.js';
import { HighlightWorker } from './worker.fixture.js';

const { highlight } = await import('./highlight.js'); // with the hooks of the fixture

/** A worker that never answers, as with an expression that takes a minute. */
class BusyWorker {
  static terminated = 0;
  /** @type {((event: { data: unknown }) => void) | undefined} */
  onmessage;
  postMessage() {
    this.onmessage?.({ data: 'loaded' });
  }
  terminate() {
    BusyWorker.terminated++;
  }
}

class LoadingWorker extends BusyWorker {
  postMessage() {}
}

class MissingWorker extends BusyWorker {
  /** @type {(() => void) | undefined} */
  onerror;
  postMessage() {
    queueMicrotask(() => this.onerror?.());
  }
}

/** @param {unknown} Worker */
function setWorker(Worker) {
  Object.assign(globalThis, { Worker });
}

/** @param {string} code */
async function text(code) {
  return (await highlight(code, 'java'))?.textContent;
}

describe('the highlighter', () => {
  afterEach(() => {
    mock.timers.reset();
    BusyWorker.terminated = 0;
  });

  it('ends a worker that takes too long, and goes on with a new one', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    setWorker(BusyWorker);
    const slow = text('int x;');
    const next = text('int y;');
    await Promise.resolve();
    setWorker(HighlightWorker);
    mock.timers.tick(10_000);
    mock.timers.reset();
    assert.equal(await slow, undefined);
    assert.equal(BusyWorker.terminated, 1);
    assert.equal(await next, 'int y;');
    setWorker(BusyWorker); // the worker is kept
    assert.equal(await text('int z;'), 'int z;');
  });

  it('waits longer for a grammar that is being loaded', async () => {
    const { highlight: other } = await import(`./highlight.js?${Math.random()}`);
    mock.timers.enable({ apis: ['setTimeout'] });
    setWorker(LoadingWorker);
    const slow = other('int x;', 'java');
    await Promise.resolve();
    mock.timers.tick(59_000);
    assert.equal(BusyWorker.terminated, 0);
    mock.timers.tick(1_000);
    assert.equal(await slow, undefined);
    assert.equal(BusyWorker.terminated, 1);
  });

  it('leaves code plain whose grammar is unknown', async () => {
    setWorker(HighlightWorker);
    assert.equal(await highlight('+', 'brainfuck'), undefined);
    assert.equal(await highlight('+', 'constructor'), undefined);
  });

  it('leaves code plain that is nested too deeply', async () => {
    setWorker(HighlightWorker);
    assert.equal(await highlight('${`'.repeat(12_000), 'javascript'), undefined);
    assert.equal(await text('int x;'), 'int x;');
  });
});

describe('a highlighter that cannot be loaded', () => {
  it('leaves code plain, and is tried again with the next code', async () => {
    const { highlight: other } = await import(`./highlight.js?${Math.random()}`);
    setWorker(MissingWorker);
    assert.equal(await other('int x;', 'java'), undefined);
    setWorker(HighlightWorker);
    assert.equal((await other('int x;', 'java')).textContent, 'int x;');
  });

  it('leaves code plain where workers are forbidden', async () => {
    const { highlight: other } = await import(`./highlight.js?${Math.random()}`);
    setWorker(undefined);
    await assert.rejects(other('int x;', 'java'));
    setWorker(HighlightWorker);
    assert.equal((await other('int x;', 'java')).textContent, 'int x;');
  });
});
