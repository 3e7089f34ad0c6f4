import { build } from 'vite';
import { browser } from '../../e2e/support/browser.js';

const names = ['append', 'blocks', 'everything'];
const throttles = [1, 4]; // times slower than this machine
const rounds = 3; // of which the middle one by its p95 is shown

const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: 'page.js' } },
  })
);
const files = new Map(
  output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
);
const entry = output.find(file => file.type === 'chunk' && file.isEntry)?.fileName;
const running = await browser();

console.log(`Chromium ${running.version()}, an answer of 38 KB at 4,800 characters a second\n`);
console.log(
  '| CPU | strategy | JS ms | layout ms | p50 / p95 / max frame ms | frames > 16.7 ms | long tasks | nodes removed | selection kept |',
);
console.log('|---|---|---:|---:|---:|---:|---:|---:|---|');
for (const throttle of throttles) {
  for (const name of names) {
    const results = [];
    for (let round = 0; round < rounds; round++) results.push(await measured(name, throttle));
    results.sort((one, other) => one.p95 - other.p95);
    console.log(row(results[Math.floor(rounds / 2)], throttle));
  }
}
await running.close();

/**
 * @param {string} name
 * @param {number} throttle
 */
async function measured(name, throttle) {
  const page = await running.newPage();
  await page.route('**/*', route => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname === '/' ? 'text/html' : 'text/javascript';
    const html = `<!doctype html><meta charset="utf-8"><script type="module" src="/${entry}"></script>`;
    route.fulfill({ contentType, body: pathname === '/' ? html : `${files.get(pathname) ?? ''}` });
  });
  await page.goto('http://bench.invalid/');
  await page.waitForFunction(() => 'measure' in window);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const result = await page.evaluate(name => Reflect.get(window, 'measure')(name), name);
  await page.close();
  return result;
}

/**
 * @param {any} result
 * @param {number} throttle
 */
function row(result, throttle) {
  const { strategy, work, layout, median, p95, longest, late, frames } = result;
  const { longTasks, removed, selection } = result;
  const costs = [median, p95, longest].map(each => each.toFixed(1)).join(' / ');
  const cells = [`${throttle}×`, strategy, Math.round(work), Math.round(layout), costs];
  cells.push(`${late} of ${frames}`, longTasks, removed, selection ? 'yes' : 'no');
  return `| ${cells.join(' | ')} |`;
}
