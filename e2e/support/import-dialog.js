/** @import { Page } from 'playwright-core' */
/** @typedef {{ name: string, mimeType: string, buffer: Buffer }} File */

/**
 * Opens the settings and imports these files. Returns the status of the import.
 * @param {Page} page
 * @param {File[]} files
 */
export async function importFiles(page, ...files) {
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Settings' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Import', exact: true }).click(),
  ]);
  await chooser.setFiles(files);
  return dialog.getByRole('status');
}

/**
 * Keeps a transaction of the database open, so that an import, or a page that loads, waits. Returns what
 * ends it.
 * @param {Page} page
 */
export async function holdDatabase(page, stores = ['conversations', 'messages']) {
  await page.evaluate(stores => {
    const open = indexedDB.open('minimal-chatbot');
    return new Promise(resolve => {
      open.onsuccess = () => {
        const store = open.result.transaction(stores, 'readwrite').objectStore(stores[0]);
        const hold = () => {
          if (Reflect.get(globalThis, 'released')) return;
          store.count().onsuccess = hold;
        };
        hold();
        resolve(undefined);
      };
    });
  }, stores);
  return () => page.evaluate(() => Reflect.set(globalThis, 'released', true));
}
