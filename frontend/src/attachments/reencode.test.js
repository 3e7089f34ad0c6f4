import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

const PNG = btoa('\x89PNG\r\n\x1a\n0000IHDR');
let copies = 0;

afterEach(() => Reflect.deleteProperty(globalThis, 'OffscreenCanvas'));

for (const [what, read] of /** @type {[string, (value: number, at: number) => number][]} */ ([
  ['noise', (_, at) => (at * 97) % 256],
  ['white', () => 255],
  ['nothing', () => 0],
]))
  test(`a browser that reads ${what} from the canvas does not encode`, async () => {
    const { reencode } = await module(read);
    await assert.rejects(reencode(new Blob()), { cause: 'protected' });
  });

for (const [what, read] of /** @type {[string, (value: number, at: number) => number][]} */ ([
  ['what was drawn', value => value],
  ['it but for the last bits', (value, at) => (at % 4 === 0 ? value ^ 1 : value)],
]))
  test(`a browser that reads ${what} encodes`, async () => {
    const { reencode } = await module(read);
    const { width, height, blob } = await reencode(new Blob());
    assert.deepEqual([width, height, blob.type], [40, 30, 'image/jpeg']);
  });

test('an image of an import is left out where the canvas is protected', async () => {
  canvas(() => 255);
  const { imported } = await import('./archived-attachments.js');
  const attachment = { id: 'a', type: /** @type {const} */ ('image'), name: 'a.png' };
  assert.equal(await imported({ ...attachment, blob: new Blob(), data: PNG }), undefined);
});

/**
 * The module in a new worker.
 * @param {(value: number, at: number) => number} read
 * @returns {Promise<typeof import('./reencode.js')>}
 */
function module(read) {
  canvas(read);
  return import(`./reencode.js?${++copies}`);
}

/** A canvas that can be filled. @param {(value: number, at: number) => number} read */
function canvas(read) {
  class OffscreenCanvas {
    /**
     * @param {number} width
     * @param {number} height
     */
    constructor(width, height) {
      Object.assign(this, { width, height });
      this.pixels = new Uint8ClampedArray(width * height * 4).fill(255);
    }

    getContext() {
      const { width, pixels } = /** @type {any} */ (this);
      return {
        fillStyle: '',
        drawImage() {},
        /** @param {number[]} area */
        fillRect(...[left, top, across, down]) {
          const colour = this.fillStyle.match(/\d+/g)?.map(Number) ?? [];
          for (let y = top; y < top + down; y++)
            for (let x = left; x < left + across; x++) pixels.set(colour, (y * width + x) * 4);
        },
        getImageData: () => ({ data: pixels.map(read) }),
      };
    }

    /** @param {{ type: string }} options */
    async convertToBlob({ type }) {
      return new Blob(['0'], { type });
    }
  }
  const createImageBitmap = async () => ({ width: 40, height: 30, close() {} });
  Object.assign(globalThis, { OffscreenCanvas, createImageBitmap });
}
