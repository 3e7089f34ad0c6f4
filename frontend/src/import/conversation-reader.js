import { archiveHead, archiveReader, readInstructions } from '../conversation/archive.js';
import { ImportError } from './import-error.js';
import { jsonRecords } from './json-records.js';
import { toConversation } from './message-tree.js';
import { productOf, refusedProductOf } from './products.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @typedef {'empty' | 'unreadable' | 'tooLarge'} SkipReason */
/**
 * `isOwn`: from an export of this page, whose conversations are all valid or none is imported, but for
 * one that is too large.
 * `instructions`: of such an export, for all conversations.
 * @typedef {{ conversation: Conversation, isOwn: boolean, omitted: number }
 *   | { instructions: string } | { skipped: SkipReason }} ReadResult
 */

/**
 * Reads the conversations of an export, of this page or of another product. The file is untrusted
 * input.
 * @param {Iterable<Uint8Array>} chunks
 * @param {number} [maxBytes]  of a conversation
 * @returns {Generator<ReadResult>}
 * @throws {ImportError}
 */
export function* readConversations(chunks, maxBytes) {
  /** @type {((value: any) => Conversation) | undefined} */
  let readOwn;
  let isObject = false;
  let isKnown = false;
  let hasDamage = false;
  let count = 0;
  for (const { head, rest, record, isTooLarge, isDamaged } of jsonRecords(chunks, maxBytes)) {
    if (head) isObject = true;
    if (head?.format) readOwn = archiveReader(head);
    if (rest && (readOwn || rest.format)) {
      archiveReader(rest);
      const instructions = readInstructions(rest.instructions)?.trim();
      if (instructions) yield { instructions };
    }
    if (head || rest) continue;
    if (isTooLarge) {
      isKnown = true;
      yield { skipped: 'tooLarge' };
      continue;
    }
    count++;
    const product = productOf(record);
    // The members of an archive can have been sorted: then `rest` has its format.
    if (isObject && count === 1 && !product) readOwn ??= archiveReader(archiveHead);
    if (readOwn) {
      if (isDamaged) throw new ImportError('damaged');
      yield { conversation: readOwn(record), isOwn: true, omitted: 0 };
      continue;
    }
    if (isDamaged) {
      hasDamage = true;
      yield { skipped: 'unreadable' };
      continue;
    }
    isKnown ||= product !== undefined;
    const refused = isKnown ? undefined : refusedProductOf(record);
    if (refused) throw new ImportError('unsupported', refused);
    yield read(record, product);
  }
  if (!isKnown && !readOwn) throw new ImportError(hasDamage ? 'damaged' : 'unknown');
}

/**
 * @param {unknown} record
 * @param {ReturnType<typeof productOf>} product
 * @returns {ReadResult}
 */
function read(record, product) {
  if (!product) return { skipped: 'unreadable' };
  try {
    const imported = toConversation(product.id, product.read(record));
    return imported ? { ...imported, isOwn: false } : { skipped: 'empty' };
  } catch {
    return { skipped: 'unreadable' };
  }
}
