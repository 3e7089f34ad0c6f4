import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deployment } from './deployment.js';
import { blocks, commands, shows } from './runbook.js';

/** @import { Settings } from '../support/gateway.js' */

const [runbook, readme] = ['RUNBOOK.md', 'README.md'].map(name =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'),
);
const validateJar = fileURLToPath(new URL('../../validate/target/validate.jar', import.meta.url));
const mostElsewhere = 12; // commands that no test can run
const patience = 30_000; // milliseconds, for the log to have what happened
const prices = { INPUT_PRICE: '0.40', CACHED_PRICE: '0.10', OUTPUT_PRICE: '1.60' };

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
      test(`in line ${line} shows what it says of a pair that is ${state}`, {
        timeout: 120_000,
      }, async () => {
        const end = Date.now() + patience;
        let { output, status } = await run(code, await local.variables(state));
        // What has just happened may not be in the log yet, which the command only reads.
        while (code.includes('$LOG') && !shows(output, lines) && Date.now() < end)
          ({ output, status } = await run(code, await local.variables(state)));
        assert.ok(
          shows(output, lines),
          `${code}\nshows\n${output}\ninstead of\n${lines.join('\n')}`,
        );
        assert.equal(status, 0, `${code}\n${output}`);
      });
});

test('every command of the runbook shows what to expect of it', () => {
  const silent = commands(runbook).filter(({ outputs }) => outputs.length === 0);
  assert.deepEqual(
    silent.map(({ line }) => line),
    [],
  );
});

test('the runbook says of each command that no test can run where it runs, and has few', () => {
  const elsewhere = blocks(runbook).filter(({ language }) => language === 'console');
  for (const { line, text: code } of elsewhere)
    assert.match(code, /^# Only /, `the block in line ${line}`);
  assert.ok(elsewhere.length <= mostElsewhere, `${elsewhere.length} blocks`);
});

test('the runbook explains each variable that its commands use', () => {
  const used = commands(runbook).flatMap(({ code }) => code.match(/\$[A-Z][A-Z_]*/g) ?? []);
  for (const name of new Set(used)) assert.ok(runbook.includes(`| \`${name}\``), name);
});

test('every link to a chapter of the runbook leads to one', () => {
  const headings = [...runbook.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));
  const links = [
    ...runbook.matchAll(/\]\(#([^)]*)\)/g),
    ...readme.matchAll(/RUNBOOK\.md#([\w-]*)/g),
  ];
  for (const [, link] of links) assert.ok(headings.includes(link), link);
});

/**
 * The name of a heading in an address, as GitHub makes it.
 * @param {string} heading
 */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/**
 * Runs a command as an operator would who has set those variables.
 * @param {string} code
 * @param {Settings} variables
 */
async function run(code, variables) {
  const { PATH = '', JAVA_HOME } = process.env;
  const path = JAVA_HOME ? `${join(JAVA_HOME, 'bin')}${delimiter}${PATH}` : PATH;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', code], {
    env: { PATH: path, VALIDATE_JAR: validateJar, ...prices, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise(resolve => child.once('close', resolve));
  const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { output: output + complaints, status: await ended };
}
