import { fileURLToPath } from 'node:url';
import { serveBrand } from './support/brands.js';
import { launchBrowser } from './support/browser.js';
import { scriptedGateway } from './support/scripted-gateway.js';

// Takes the pictures of brands of the README from the built page.

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const browser = await launchBrowser();
for (const [name, colorScheme] of /** @type {const} */ ([
  ['bakery', 'light'],
  ['library', 'dark'],
  ['clinic', 'light'],
])) {
  const gateway = await scriptedGateway();
  serveBrand(gateway, name);
  const context = await browser.newContext({
    baseURL: gateway.url,
    serviceWorkers: 'block',
    viewport: { width: 640, height: 620 },
    colorScheme,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('html[data-ready]').waitFor();
  await page.locator('#suggestions button').first().click();
  await page.screenshot({ path: `${folder}brand-${name}.png` });
  await context.close();
  await gateway.close();
}
await browser.close();
