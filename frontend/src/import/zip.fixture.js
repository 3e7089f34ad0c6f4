import { deflateRawSync } from 'node:zlib';

/**
 * Packs files, with properties that a damaged or hostile zip can have.
 * @param {Record<string, string>} files
 * @param {{ method?: number, flags?: number, unpacked?: number, damaged?: boolean }} [properties]
 */
export function zip(files, { method = 8, flags = 0, unpacked, damaged = false } = {}) {
  /** @type {Buffer[]} */
  const locals = [];
  /** @type {Buffer[]} */
  const entries = [];
  for (const [name, text] of Object.entries(files)) {
    const data = method === 0 ? Buffer.from(text) : deflateRawSync(text);
    const packed = damaged ? Buffer.alloc(data.length, 0xff) : data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(unpacked ?? Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(Buffer.concat(locals).length, 10);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed);
    entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name));
  }
  const start = Buffer.concat(locals);
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start.length, 16);
  return new Blob([start, directory, end]);
}
