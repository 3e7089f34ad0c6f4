import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const executable = process.env.CHROMIUM ?? onThePath();

if (!executable && process.env.CI === 'true') throw new Error(`none of ${names} is on the PATH`);

/** Why the browser tests cannot run here, or false. */
export const noBrowser = executable ? false : `no Chromium: none of ${names} is on the PATH`;

/** Starts the machine's own Chromium; the caller closes it. */
export function browser() {
  return chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

function onThePath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
