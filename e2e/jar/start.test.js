import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startGateway } from '../support/gateway.js';

const TIMEOUT_MS = 120_000;
const VISITORS = 6;
const FILES = /(?:src|href)="\.\/([^"#]+)"/g;
const QUESTION = {
  method: 'POST',
  headers: { Authorization: 'Bearer dev-token', 'Content-Type': 'application/json' },
  body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }),
};

test('a gateway leaves no temporary files, so that its file system can be read-only', {
  timeout: TIMEOUT_MS,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  try {
    const gateway = await startGateway(
      {},
      ['--spring.profiles.active=demo'],
      [`-Djava.io.tmpdir=${folder}`],
    );
    try {
      const answer = await fetch(new URL('/v1/chat', gateway.url), QUESTION);
      assert.match(await answer.text(), /response\.completed/);
      assert.equal((await fetch(`${gateway.management}/actuator/health/readiness`)).status, 200);
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      await gateway.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// Requests that needed classes and files of the nested jars waited for each other without end.
test('many requests directly after the start are answered', { timeout: TIMEOUT_MS }, async () => {
  const gateway = await startGateway(
    { RATE_LIMIT_PER_MINUTE: '1000', MAX_STREAMS_PER_CLIENT: '100' },
    ['--spring.profiles.active=demo'],
  );
  try {
    const page = await (await fetch(gateway.url)).text();
    const files = [...page.matchAll(FILES)].map(([, file]) => file);
    assert.ok(files.length > 3, `${files}`);
    const visits = Array.from({ length: VISITORS }, () => [
      ...['', 'config.json', 'sw.js', ...files].map(file => fetch(new URL(file, gateway.url))),
      fetch(new URL('/v1/chat', gateway.url), QUESTION),
    ]).flat();
    for (const response of await Promise.all(visits)) {
      assert.equal(response.status, 200, response.url);
      await response.arrayBuffer();
    }
  } finally {
    await gateway.stop();
  }
});
