import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deployment } from './deployment.js';
import { blocks, commands, containsInOrder } from './runbook.js';

/** @import { Settings } from '../support/gateway.js' */

const [runbook, readme] = ['RUNBOOK.md', 'README.md'].map(name =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'),
);
const validateJar = fileURLToPath(new URL('../../validate/target/validate.jar', import.meta.url));
const MAX_UNTESTED_BLOCKS = 12;
const LOG_TIMEOUT_MS = 30_000; // until the log contains an event that just happened
const PRICES = { INPUT_PRICE: '0.40', CACHED_PRICE: '0.10', OUTPUT_PRICE: '1.60' };

const missing = ['bash', 'curl', 'jq', 'awk'].filter(tool => spawnSync(tool, ['--version']).error);
if (missing.length > 0 && process.env.CI === 'true')
  throw new Error(`the runbook's commands need ${missing}`);

describe('a command of the runbook', {
  skip: missing.length > 0 && `the runbook's commands need ${missing}`,
}, () => {
  /** @type {Awaited<ReturnType<typeof deployment>>} */
  let local;
  before(async () => {
    local = await deployment();
  });
  after(() => local?.close());

  for (const { line, code, outputs } of commands(runbook))
    for (const { state, lines } of outputs)
      test(`in line ${line} prints the expected output if the deployment is ${state}`, {
        timeout: 120_000,
      }, async () => {
        const end = Date.now() + LOG_TIMEOUT_MS;
        let { output, status } = await run(code, await local.variables(state));
        // The log is written asynchronously; a command that reads it is repeated.
        while (code.includes('$LOG') && !containsInOrder(output, lines) && Date.now() < end)
          ({ output, status } = await run(code, await local.variables(state)));
        assert.ok(
          containsInOrder(output, lines),
          `${code}\nprinted\n${output}\ninstead of\n${lines.join('\n')}`,
        );
        assert.equal(status, 0, `${code}\n${output}`);
      });
});

test('every command of the runbook has an expected output', () => {
  const unchecked = commands(runbook).filter(({ outputs }) => outputs.length === 0);
  assert.deepEqual(
    unchecked.map(({ line }) => line),
    [],
  );
});

test('the runbook has few untested commands, and says where each can run', () => {
  const untested = blocks(runbook).filter(({ language }) => language === 'console');
  for (const { line, text: code } of untested)
    assert.match(code, /^# Only /, `the block in line ${line}`);
  assert.ok(untested.length <= MAX_UNTESTED_BLOCKS, `${untested.length} blocks`);
});

test('the runbook documents each variable that its commands read', () => {
  const used = commands(runbook).flatMap(({ code }) => code.match(/\$[A-Z][A-Z_]*/g) ?? []);
  const rows = runbook.split('\n').filter(line => line.startsWith('| `$'));
  const documented = rows.flatMap(row => row.split('|')[1].match(/\$[A-Z][A-Z_]*/g) ?? []);
  for (const name of new Set(used)) assert.ok(documented.includes(name), name);
});

test('every link to a section of the runbook has a target', () => {
  const headings = [...runbook.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));
  const links = [
    ...runbook.matchAll(/\]\(#([^)]*)\)/g),
    ...readme.matchAll(/RUNBOOK\.md#([\w-]*)/g),
  ];
  for (const [, link] of links) assert.ok(headings.includes(link), link);
});

/**
 * The anchor that GitHub gives a heading.
 * @param {string} heading
 */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/**
 * Runs a command in a shell with an operator's variables.
 * @param {string} code
 * @param {Settings} variables
 */
async function run(code, variables) {
  const { PATH = '', JAVA_HOME } = process.env;
  const path = JAVA_HOME ? `${join(JAVA_HOME, 'bin')}${delimiter}${PATH}` : PATH;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', code], {
    env: { PATH: path, VALIDATE_JAR: validateJar, ...PRICES, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise(resolve => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { output: stdout + stderr, status: await closed };
}
