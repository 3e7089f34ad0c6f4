import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startJar } from '../support/gateway.js';
import { deployment } from './deployment.js';

const jar = fileURLToPath(new URL('../../validate/target/validate.jar', import.meta.url));

describe('validate, against the built jar and the built page on two ports', () => {
  /** @type {Awaited<ReturnType<typeof deployment>>} */
  let local;
  before(async () => {
    local = await deployment();
  });
  after(() => local?.close());

  test('passes a healthy deployment and writes the evidence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
    const file = join(folder, 'evidence.md');
    const { code, output, token } = await validate('healthy', ['--evidence', file]);
    assert.equal(code, 0, output);
    assert.match(output, /14 passed, 0 failed, 4 skipped/);
    assert.match(readFileSync(file, 'utf8'), /\| answer is streamed incrementally \| passed \|/);
    assert.ok(!output.includes(token));
    rmSync(folder, { recursive: true });
  });

  test('passes a gateway that serves its own page', async () => {
    const { code, output } = await validate('own-page');
    assert.equal(code, 0, output);
    assert.match(output, /passed +page origin is allowed +the gateway's own page/);
  });

  test('passes both tokens of a rotation', async () => {
    const { code, output } = await validate('rotating', [
      '--previous-token',
      'previous-public-token',
    ]);
    assert.match(output, /passed +previous token is accepted/);
    assert.equal(code, 1); // config.json of the page points to the other gateway
    assert.match(output, /failed +config.json points to the gateway/);
  });

  test('fails a token that the gateway does not accept', async () => {
    const { code, output } = await validate('healthy', ['--token', 'another']);
    assert.equal(code, 1);
    assert.match(output, /failed +first token arrives in time +answered 401/);
  });

  test('fails a page whose origin is not allowed', async () => {
    const { code, output } = await validate('foreign-origin');
    assert.equal(code, 1);
    assert.match(output, /failed +page origin is allowed/);
  });

  test('fails a proxy that buffers the stream', async () => {
    const { code, output } = await validate('buffered');
    assert.equal(code, 1);
    assert.match(output, /failed +answer is streamed incrementally/);
  });

  test('exits with 2 and the usage if an option is missing', async () => {
    const running = startJar({}, ['--gateway', 'https://api.example.com'], jar);
    const { code } = await running.exited;
    assert.equal(code, 2);
    assert.match(running.output(), /--page=URL.*\n+Usage: java -jar validate\.jar/);
  });

  /**
   * @param {string} state  of the deployment
   * @param {string[]} [options]
   */
  async function validate(state, options = []) {
    const { GATEWAY, PAGE, TOKEN } = await local.variables(state);
    const running = startJar({}, ['--gateway', GATEWAY, '--page', PAGE, ...options], jar);
    const { code } = await running.exited;
    return { code, output: running.output(), token: TOKEN };
  }
});
