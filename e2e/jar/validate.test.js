import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '../support/gateway.js';
import { deployment } from './deployment.js';

describe('validate, of the built jar and the built page on two ports', () => {
  /** @type {Awaited<ReturnType<typeof deployment>>} */
  let local;
  before(async () => {
    local = await deployment();
  });
  after(() => local?.close());

  test('passes, and leaves its evidence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
    const file = join(folder, 'evidence.md');
    const { code, output, token } = await validate('healthy', ['--evidence', file]);
    assert.equal(code, 0, output);
    assert.match(output, /14 passed, 0 failed, 4 skipped/);
    assert.match(readFileSync(file, 'utf8'), /\| the text comes as it is written.* \| passed \|/);
    assert.ok(!output.includes(token));
    rmSync(folder, { recursive: true });
  });

  test('passes with both tokens of a rotation', async () => {
    const { code, output } = await validate('rotating', [
      '--previous-token',
      'previous-public-token',
    ]);
    assert.match(output, /passed +the token of before is still let in/);
    assert.equal(code, 1); // the page belongs to the other gateway, and it says so
    assert.match(output, /failed +its config.json points to the gateway/);
  });

  test('notices a token that is not the gateway’s', async () => {
    const { code, output } = await validate('healthy', ['--token', 'another']);
    assert.equal(code, 1);
    assert.match(output, /failed +the first answer begins in time +answered 401/);
  });

  test('notices a page whose origin is not let in', async () => {
    const { code, output } = await validate('foreign-origin');
    assert.equal(code, 1);
    assert.match(output, /failed +the page’s origin is let in/);
  });

  test('notices a proxy that holds the text back', async () => {
    const { code, output } = await validate('buffered');
    assert.equal(code, 1);
    assert.match(output, /failed +the text comes as it is written, not at the end/);
  });

  /**
   * @param {string} state  of the pair
   * @param {string[]} [options]
   */
  async function validate(state, options = []) {
    const { GATEWAY, PAGE, TOKEN } = await local.variables(state);
    const running = run({}, ['validate', '--gateway', GATEWAY, '--page', PAGE, ...options]);
    const { code } = await running.ended;
    return { code, output: running.output(), token: TOKEN };
  }
});
