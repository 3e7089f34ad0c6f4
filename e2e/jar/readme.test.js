import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startGateway } from '../support/gateway.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { Gateway } from '../support/gateway.js' */

const top = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(top, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
const scripts = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')).scripts;
const poms = ['pom.xml', 'backend/pom.xml']
  .map(file => readFileSync(join(top, file), 'utf8'))
  .join();
const ci = readFileSync(join(top, '.ci/run'), 'utf8');
const PUBLIC_ADDRESS = 'https://api.example.com';

describe('the commands of the README', () => {
  test('are all of a kind that is proven', () => {
    const unknown = blocks
      .flatMap(block => block.replaceAll('\\\n', ' ').split('\n'))
      .map(line => line.replace(/ {2,}#.*|^#.*/, '').trim())
      .filter(
        line =>
          line !== '' && !proofs.some(([pattern, proof]) => pattern.test(line) && proof(line)),
      );
    // A text of several lines ends in these.
    const continued = /^When do you open\?'$|^Contact=mailto:/;
    assert.deepEqual(
      unknown.filter(line => !continued.test(line)),
      [],
    );
  });

  describe('run against a gateway', () => {
    /** @type {Gateway} */
    let demo;
    before(async () => {
      demo = await startGateway({}, ['--spring.profiles.active=demo']);
    });
    after(() => demo?.stop());

    test('a program asks with curl', async () => {
      const command = containing('/v1/responses -H').replaceAll(PUBLIC_ADDRESS, demo.url);
      const { status, output } = await bash(command, { TOKEN: 'dev-token' });
      assert.equal(status, 0, output);
      assert.match(output, /"output_text"|output_text/);
    });

    test('the brand of the example starts', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'brand-'));
      try {
        const logo = join(folder, 'logo.svg');
        writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>');
        const exports = containing('BRAND_LOGO=logo.svg').replace('logo.svg', logo);
        const { status, output } = await bash(`env -i bash -c '${escaped(exports)}\nenv -0'`);
        assert.equal(status, 0, output);
        const variables = output.split('\0').filter(variable => /^[A-Z]+_?[A-Z]*=/.test(variable));
        const settings = Object.fromEntries(variables.map(variable => variable.split(/=(.*)/s)));
        for (const shell of ['PWD', 'SHLVL', '_', 'OLDPWD']) delete settings[shell];
        const gateway = await startGateway(settings, ['--spring.profiles.active=demo']);
        try {
          const page = await (await fetch(gateway.url)).text();
          assert.match(page, /<title>Crumb &amp; Crust<\/title>/);
          assert.match(page, /What shall we bake\?/);
          assert.match(page, /When do you open\?/);
          assert.match(page, /href="mailto:hello@example\.com"/);
        } finally {
          await gateway.stop();
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  test('documents are put into a vector store', async () => {
    const { requests, base, close } = await vectorStores();
    const folder = mkdtempSync(join(tmpdir(), 'documents-'));
    try {
      writeFileSync(join(folder, 'handbook.pdf'), '%PDF-1.7 handbook');
      const commands = containing('/vector_stores').replace('https://api.openai.com/v1', base);
      const { status, output } = await bash(commands, { OPENAI_API_KEY: 'key' }, folder);
      assert.equal(status, 0, output);
      assert.match(output, /vs_1: completed/);
      const [upload, store] = requests;
      assert.match(upload.body, /%PDF-1\.7 handbook/);
      assert.match(upload.body, /assistants/);
      assert.deepEqual(JSON.parse(store.body), { file_ids: ['file_1'] });
      for (const { authorization } of requests) assert.equal(authorization, 'Bearer key');
    } finally {
      rmSync(folder, { recursive: true });
      await close();
    }
  });
});

/** The kinds of commands, and what proves one. @type {[RegExp, (line: string) => unknown][]} */
const proofs = [
  // .ci/run calls it, or a script that does.
  [/^\.ci\/run$/, () => ci.includes('mvn -B -ntp verify')],
  [/^mvn spring-boot:run$/, () => ci.includes('.ci/first-run')],
  [/^mvn verify$/, () => ci.includes('mvn -B -ntp verify')],
  [/^mvn (?:verify )?-Dquick(?: package)?$/, () => poms.includes('<name>quick</name>')],
  [/^docker compose up -d$/, () => ci.includes('.ci/image')], // and ComposeIT
  // The same settings are in start.test.js and provider tests.
  [
    /^(?:GATEWAY_TOKEN=… )?OPENAI_API_KEY=\S+ (?:\w+=\S+ )*(?:mvn spring-boot:run|java -jar backend\/target\/gateway\.jar)$/,
    () => true,
  ],
  // Run by the tests of this file.
  [/^(?:curl|API=|FILE=|STORE=)/, () => true],
  [/^export (?:BRAND_|SUGGESTIONS|LINKS)/, () => true],
  [/^export OPENAI_BASE_URL=/, () => true], // e2e/clients
  // Slow or without an end: that they exist.
  [/^npm (?:run )?\w+$/, line => scripts[/** @type {string} */ (line.split(' ').at(-1))]],
  [/^mvn -P(\w+) /, line => poms.includes(`<id>${/-P(\w+)/.exec(line)?.[1]}</id>`)],
  [/^mvn spotless:apply$/, () => poms.includes('spotless-maven-plugin')],
  [
    /^bench\/\w+\/run(?: ; bench\/\w+\/run)*$/,
    line =>
      line.split(' ; ').every(file => {
        accessSync(join(top, file), constants.X_OK);
        return true;
      }),
  ],
];

/** The only block that has a text. @param {string} text */
function containing(text) {
  const [block, ...others] = blocks.filter(each => each.includes(text));
  assert.ok(block && others.length === 0, text);
  return block;
}

/** For single quotes of a shell. @param {string} text */
function escaped(text) {
  return text.replaceAll("'", "'\\''");
}

/**
 * @param {string} command
 * @param {Record<string, string>} [variables]
 * @param {string} [cwd]
 */
async function bash(command, variables = {}, cwd = top) {
  const { PATH } = process.env;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
    cwd,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text;
    });
  const [status] = await once(child, 'close');
  return { status, output };
}

/** @type {Record<string, object>} */
const ANSWERS = {
  'POST /v1/files': { id: 'file_1' },
  'POST /v1/vector_stores': { id: 'vs_1' },
  'GET /v1/vector_stores/vs_1': { id: 'vs_1', status: 'completed' },
};

/** The three routes of OpenAI that keep documents. */
async function vectorStores() {
  /** @type {{ body: string, authorization: string | undefined }[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ body, authorization: request.headers.authorization });
    const answer = ANSWERS[`${request.method} ${request.url}`];
    response.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    requests,
    base: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise(resolve => server.close(resolve)),
  };
}
