import { accessCodeStrings } from '../strings/access-code.js';
import { activityStrings } from '../strings/activity.js';
import { attachmentStrings } from '../strings/attachments.js';
import { embedStrings } from '../strings/embed.js';
import { endingStrings } from '../strings/endings.js';
import { importStrings } from '../strings/import.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { optionStrings } from '../strings/options.js';
import { pageStrings } from '../strings/page.js';
import { renderStrings } from '../strings/render.js';
import { responseErrors } from '../strings/response-errors.js';
import { sidebarStrings } from '../strings/sidebar.js';
import { storageStrings } from '../strings/storage.js';
import { strings } from '../strings/strings.js';
import { turnStrings } from '../strings/turns.js';

/** All texts of the page in English: the pattern for the other languages. Not part of the page. */
export const english = {
  page: pageStrings,
  strings,
  turns: turnStrings,
  storage: storageStrings,
  sidebar: sidebarStrings,
  endings: endingStrings,
  responseErrors,
  render: renderStrings,
  activity: activityStrings,
  options: optionStrings,
  accessCode: accessCodeStrings,
  embed: embedStrings,
  onDemand: onDemandStrings,
  import: importStrings,
  attachments: attachmentStrings,
};

/** @typedef {typeof english} Texts */
/** @typedef {Pick<Texts, 'options' | 'accessCode' | 'embed' | 'onDemand' | 'import' | 'attachments'>} DialogTexts  loaded on demand */
