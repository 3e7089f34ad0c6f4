import assert from 'node:assert/strict';
import { button, embedTest } from '../support/embed-test.js';

for (const [attributes, name] of [
  ['data-language="de-AT" data-title="Laden"', 'Laden öffnen'],
  ['data-language="xx"', 'Open Chat'],
  ['data-language="de" data-label="Open me"', 'Open me'],
])
  embedTest(
    `the button with ${attributes} is “${name}”`,
    async ({ page }) => {
      assert.equal(await button(page).getAttribute('aria-label'), name);
    },
    { attributes },
  );

embedTest(
  'the button has the language of the site, unless it has one of its own',
  async ({ page }) => {
    assert.equal(await button(page).getAttribute('aria-label'), 'Chat öffnen');
  },
  { language: 'de-CH' },
);
