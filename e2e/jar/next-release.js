import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatewayJar } from '../support/gateway.js';

const top = fileURLToPath(new URL('../../', import.meta.url));
const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
);
const PAGE_JAR = /^BOOT-INF\/lib\/frontend-[\w.-]+\.jar$/m;

/**
 * Builds the page from a copy of its sources in which texts are replaced, and puts it into a copy of
 * the gateway's jar.
 * @param {Record<string, Record<string, string>>} changes  file → text → replacement
 */
export function nextRelease(changes) {
  mkdirSync(join(top, 'e2e/target'), { recursive: true });
  const folder = mkdtempSync(join(top, 'e2e/target/release-')); // inside, so that imports are found
  const sources = join(folder, 'frontend');
  const file = join(folder, 'gateway.jar');
  cpSync(join(top, 'frontend'), sources, {
    recursive: true,
    filter: path => !/[\\/]frontend[\\/](?:dist|target)$/.test(path),
  });
  cpSync(join(top, 'tailwind.config.js'), join(folder, 'tailwind.config.js'));
  for (const [name, texts] of Object.entries(changes)) replaceTexts(join(sources, name), texts);
  run(process.execPath, [vite, 'build', sources, '--mode', 'jar'], folder);

  cpSync(gatewayJar, file);
  const content = run(jarTool(), ['--list', '--file', file], folder);
  const [pageJar] = PAGE_JAR.exec(content) ?? [];
  if (!pageJar) throw new Error(`no page in ${gatewayJar}`);
  run(jarTool(), ['--extract', '--file', file, pageJar], folder);
  const page = join(folder, 'page');
  cpSync(join(sources, 'dist'), join(page, 'page'), { recursive: true });
  run(
    jarTool(),
    ['--create', '--no-compress', '--file', join(folder, pageJar), '-C', page, '.'],
    folder,
  );
  // Boot reads nested jars only if they are stored without compression.
  run(jarTool(), ['--update', '--no-compress', '--file', file, pageJar], folder);
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * @param {string} file
 * @param {Record<string, string>} texts
 */
function replaceTexts(file, texts) {
  let source = readFileSync(file, 'utf8');
  for (const [text, replacement] of Object.entries(texts)) {
    if (!source.includes(text)) throw new Error(`no ${text} in ${file}`);
    source = source.replaceAll(text, replacement);
  }
  writeFileSync(file, source);
}

function jarTool() {
  const { JAVA_HOME } = process.env;
  return JAVA_HOME ? join(JAVA_HOME, 'bin', 'jar') : 'jar';
}

/**
 * The standard output of a command.
 * @param {string} command
 * @param {string[]} options
 * @param {string} cwd
 */
function run(command, options, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, options, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${options.join(' ')} failed:\n${error ?? stderr}`);
  return stdout;
}
