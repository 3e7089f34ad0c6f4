/**
 * Why nothing was imported. `damaged`: not JSON, or incomplete; `unknown`: JSON without
 * conversations; `unsupported`: the export of another product, in `detail`; `newer`: an export of a
 * later version of this page, in `detail`; `cancelled`: by the user; `zip`: an archive without a readable conversations.json;
 * `full`: the quota is exceeded; `unsaved`: the browser has no database.
 * @typedef {'damaged' | 'unknown' | 'unsupported' | 'newer' | 'cancelled' | 'zip' | 'full' | 'unsaved'} Reason
 */

export class ImportError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} [detail]
   */
  constructor(reason, detail = '') {
    super(`${reason} ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}
