import tailwind from '@tailwindcss/vite';
import { build } from 'vite';
import { launchBrowser } from '../../e2e/support/browser.js';
import { heapPerCharacter, typing } from './live.js';
import { load } from './load.js';
import { mixed } from './mixed.js';

const CPU_THROTTLING_RATES = [1, 4]; // slowdown factors
const ROUNDS = 3; // the median round is printed

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
const chromium = await launchBrowser();

console.log(`Chromium ${chromium.version()}\n`);
console.log('An answer of 38 KB, streamed at 4,800 characters a second:\n');
table(
  'CPU|strategy|JS ms|layout ms|p50 / p95 / max frame ms|frames > 16.7 ms|long tasks|nodes removed|selection preserved',
);
await compare('stream', ['append', 'blocks', 'replace'], ({ p95 }) => p95, streamed);
console.log('\nA conversation of 500 messages, opened at its end:\n');
table('CPU|strategy|created ms|laid out ms|painted ms|complete ms');
await compare('open', ['endFirst', 'contained', 'all'], ({ painted }) => painted, opened);
console.log('\nThe whole page at the address of that conversation, without a cache:\n');
table('CPU|painted ms');
for (const throttle of CPU_THROTTLING_RATES) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await load(chromium, throttle));
  const painted = rounds.map(each => each.painted).sort((one, other) => one - other);
  console.log(`| ${throttle}× | ${Math.round(painted[Math.floor(ROUNDS / 2)])} |`);
}
console.log(
  '\nThe whole page while an answer with reasoning, searches, tables, code and formulas streams:\n',
);
table('CPU|p95 / max frame ms|frames > 16.7 ms|layout shift');
for (const throttle of CPU_THROTTLING_RATES) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await mixed(chromium, throttle));
  rounds.sort((one, other) => one.late - other.late);
  const { frames, late, p95, max, shift } = rounds[Math.floor(ROUNDS / 2)];
  const cells = [`${p95.toFixed(1)} / ${max.toFixed(1)}`, `${late} of ${frames}`, shift.toFixed(3)];
  console.log(`| ${throttle}× | ${cells.join(' | ')} |`);
}
console.log(
  '\nThe whole page during that answer: time from a key press to its frame, and memory.\n',
);
table('CPU|median / p95 ms');
for (const throttle of CPU_THROTTLING_RATES) {
  const { median, p95 } = await typing(chromium, throttle);
  console.log(`| ${throttle}× | ${median.toFixed(1)} / ${p95.toFixed(1)} |`);
}
console.log(
  `\nAfter an answer of 1 MB the heap holds ${(await heapPerCharacter(chromium)).toFixed(1)} bytes per character.`,
);
await chromium.close();

/**
 * @param {string} benchmark
 * @param {string[]} names
 * @param {(result: any) => number} order
 * @param {(result: any) => (string | number)[]} cells
 */
async function compare(benchmark, names, order, cells) {
  for (const throttle of CPU_THROTTLING_RATES) {
    for (const name of names) {
      const results = [];
      for (let round = 0; round < ROUNDS; round++) {
        results.push(await measure(benchmark, name, throttle));
      }
      results.sort((one, other) => order(one) - order(other));
      const row = [`${throttle}×`, name, ...cells(results[Math.floor(ROUNDS / 2)])];
      console.log(`| ${row.join(' | ')} |`);
    }
  }
}

/**
 * @param {string} benchmark
 * @param {string} name
 * @param {number} throttle
 */
async function measure(benchmark, name, throttle) {
  const page = await chromium.newPage();
  await page.route('**/*', route => {
    const { pathname } = new URL(route.request().url());
    const contentType = types[pathname.split('.').at(-1) ?? ''] ?? 'text/html';
    route.fulfill({ contentType, body: pathname === '/' ? html : `${files.get(pathname) ?? ''}` });
  });
  await page.goto('http://bench.invalid/');
  await page.waitForFunction(() => 'benchmarks' in window);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const result = await page.evaluate(
    ([benchmark, name]) => Reflect.get(window, 'benchmarks')[benchmark](name),
    [benchmark, name],
  );
  await page.close();
  return result;
}

/** @param {any} result */
function streamed({ work, layout, median, p95, max, late, frames, longTasks, ...dom }) {
  const costs = [median, p95, max].map(each => each.toFixed(1)).join(' / ');
  const { removed, selection } = dom;
  const total = [Math.round(work), Math.round(layout)];
  return [...total, costs, `${late} of ${frames}`, longTasks, removed, selection ? 'yes' : 'no'];
}

/** @param {any} result */
function opened({ created, laidOut, painted, complete }) {
  return [created, laidOut, painted, complete].map(each => Math.round(each));
}

/** @param {string} columns */
function table(columns) {
  const names = columns.split('|');
  console.log(`| ${names.join(' | ')} |`);
  console.log(`|${names.map(() => '---|').join('')}`);
}
