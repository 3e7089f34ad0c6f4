import tailwind from '@tailwindcss/vite';
import { build } from 'vite';
import { browser } from '../../e2e/support/browser.js';
import { growth, typing } from './live.js';

const throttles = [1, 4]; // times slower than this machine
const rounds = 3; // of which the middle one is shown

const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (
  await build({
    root: import.meta.dirname,
    configFile: false,
    plugins: [tailwind()],
    logLevel: 'error',
    build: { write: false, cssCodeSplit: false, rolldownOptions: { input: 'page.js' } },
  })
);
const files = new Map(
  output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
);
const script = output.find(file => file.type === 'chunk' && file.isEntry)?.fileName;
const style = output.find(({ fileName }) => fileName.endsWith('.css'))?.fileName;
const html = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/${style}"><script type="module" src="/${script}"></script>`;
const types = /** @type {Record<string, string>} */ ({ js: 'text/javascript', css: 'text/css' });
const running = await browser();

console.log(`Chromium ${running.version()}\n`);
console.log('An answer of 38 KB, streamed at 4,800 characters a second:\n');
table(
  'CPU|strategy|JS ms|layout ms|p50 / p95 / max frame ms|frames > 16.7 ms|long tasks|nodes removed|selection kept',
);
await compare('stream', ['append', 'blocks', 'everything'], ({ p95 }) => p95, streamed);
console.log('\nA conversation of 500 messages, opened at its end:\n');
table('CPU|way|made ms|laid out ms|seen ms|whole ms');
await compare('open', ['end', 'contained', 'all'], ({ shown }) => shown, opened);
console.log(
  '\nThe whole page, while that answer comes: from a key to its frame, and what is held.\n',
);
table('CPU|median / p95 ms');
for (const throttle of throttles) {
  const { median, p95 } = await typing(running, throttle);
  console.log(`| ${throttle}× | ${median.toFixed(1)} / ${p95.toFixed(1)} |`);
}
console.log(
  `\nOf an answer of 1 MB the heap holds ${(await growth(running)).toFixed(1)} times its size.`,
);
await running.close();

/**
 * @param {string} measure
 * @param {string[]} names
 * @param {(result: any) => number} order
 * @param {(result: any) => (string | number)[]} cells
 */
async function compare(measure, names, order, cells) {
  for (const throttle of throttles) {
    for (const name of names) {
      const results = [];
      for (let round = 0; round < rounds; round++) {
        results.push(await measured(measure, name, throttle));
      }
      results.sort((one, other) => order(one) - order(other));
      const row = [`${throttle}×`, name, ...cells(results[Math.floor(rounds / 2)])];
      console.log(`| ${row.join(' | ')} |`);
    }
  }
}

/**
 * @param {string} measure
 * @param {string} name
 * @param {number} throttle
 */
async function measured(measure, name, throttle) {
  const page = await running.newPage();
  await page.route('**/*', route => {
    const { pathname } = new URL(route.request().url());
    const contentType = types[pathname.split('.').at(-1) ?? ''] ?? 'text/html';
    route.fulfill({ contentType, body: pathname === '/' ? html : `${files.get(pathname) ?? ''}` });
  });
  await page.goto('http://bench.invalid/');
  await page.waitForFunction(() => 'measures' in window);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const result = await page.evaluate(
    ([measure, name]) => Reflect.get(window, 'measures')[measure](name),
    [measure, name],
  );
  await page.close();
  return result;
}

/** @param {any} result */
function streamed({ work, layout, median, p95, longest, late, frames, longTasks, ...kept }) {
  const costs = [median, p95, longest].map(each => each.toFixed(1)).join(' / ');
  const { removed, selection } = kept;
  const total = [Math.round(work), Math.round(layout)];
  return [...total, costs, `${late} of ${frames}`, longTasks, removed, selection ? 'yes' : 'no'];
}

/** @param {any} result */
function opened({ made, laidOut, shown, whole }) {
  return [made, laidOut, shown, whole].map(each => Math.round(each));
}

/** @param {string} columns */
function table(columns) {
  const names = columns.split('|');
  console.log(`| ${names.join(' | ')} |`);
  console.log(`|${names.map(() => '---|').join('')}`);
}
