import { withData } from '../attachments/archived-attachments.js';
import { serializeArchive } from '../conversation/archive.js';
import { exportMarkdown } from '../conversation/export-markdown.js';
import { fileName } from '../conversation/file-name.js';
import { element } from '../element.js';
import { attachmentStrings } from '../strings/attachments.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { strings } from '../strings/strings.js';
import { textButton } from './action-button.js';
import { dialog } from './dialog.js';
import { download } from './download.js';
import { buttonGroup, modalScrolling, modalTitle } from './on-demand-classes.js';

/** @import { Snapshot } from '../conversation/archive.js' */

/**
 * Dialog: choose the export format.
 * @param {string} id
 * @param {Snapshot} everything
 */
export function exportDialog(id, everything) {
  const { conversations: words, settings } = onDemandStrings;
  const summary = everything.conversations.find(conversation => conversation.id === id);
  if (!summary) return;
  const own = everything.messages.filter(({ conversation }) => conversation === id);
  const messages = Object.fromEntries(own.map(message => [message.id, message]));
  const label = words.exportTitle(summary.title);
  const status = element('p', { role: 'status', className: 'not-empty:mt-4' });
  const root = dialog(
    { className: modalScrolling, label },
    element('h2', { className: modalTitle, dir: 'auto' }, label),
    element(
      'div',
      { className: buttonGroup },
      choice(words.exportMarkdown, () => {
        const text = exportMarkdown(
          { ...summary, messages },
          {
            user: strings.you,
            assistant: strings.assistant,
            sources: words.sources,
            attached: attachmentStrings.attached,
          },
        );
        download(`${fileName(summary.title)}.md`, 'text/markdown', [text]);
      }),
      choice(words.exportJson, async () => {
        const archived = await withData(own);
        const parts = serializeArchive({ conversations: [summary], messages: archived });
        download(`${fileName(summary.title)}.json`, 'application/json', parts);
      }),
      choice(settings.close),
    ),
    status,
  );

  /**
   * @param {string} label
   * @param {() => void | Promise<void>} [run]
   */
  function choice(label, run) {
    return textButton(label, async () => {
      try {
        await run?.();
        root.close();
      } catch {
        status.textContent = settings.exportFailed;
      }
    });
  }
}
