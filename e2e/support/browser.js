import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const executable = process.env.CHROMIUM ?? findExecutable();

if (!executable && process.env.CI === 'true') throw new Error(`none of ${NAMES} is on the PATH`);

/** The reason to skip the browser tests, or false. */
export const noBrowser = executable ? false : `no Chromium: none of ${NAMES} is on the PATH`;

/** Starts the installed Chromium; the caller closes it. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

function findExecutable() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(isExecutable);
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
