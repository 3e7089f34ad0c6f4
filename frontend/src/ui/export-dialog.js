import { serializeArchive } from '../conversation/archive.js';
import { exportMarkdown } from '../conversation/export-markdown.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { strings } from '../strings/strings.js';
import { dialog } from './dialog.js';
import { download } from './download.js';
import { element } from './element.js';

/** @import { Snapshot } from '../conversation/archive.js' */

/**
 * Asks as what a conversation shall be exported.
 * @param {string} id
 * @param {Snapshot} everything
 */
export function exportDialog(id, everything) {
  const { conversations: words, settings } = onDemandStrings;
  const summary = everything.conversations.find(one => one.id === id);
  if (!summary) return;
  const own = everything.messages.filter(({ conversation }) => conversation === id);
  const messages = Object.fromEntries(own.map(message => [message.id, message]));
  const name = words.saveName(summary.title);
  const root = dialog(
    { className: 'settings', label: name },
    element('h2', { dir: 'auto' }, name),
    element(
      'div',
      { className: 'choices' },
      choice(words.saveShown, () => {
        const text = exportMarkdown(
          { ...summary, messages },
          { user: strings.you, assistant: strings.assistant },
        );
        download(`${fileName(summary.title)}.md`, 'text/markdown', text);
      }),
      choice(words.saveWhole, () => {
        const text = serializeArchive({ conversations: [summary], messages: own });
        download(`${fileName(summary.title)}.json`, 'application/json', text);
      }),
      choice(settings.close),
    ),
  );

  /**
   * @param {string} label
   * @param {() => void} [run]
   */
  function choice(label, run) {
    const onclick = () => {
      run?.();
      root.close();
    };
    return element('button', { type: 'button', className: 'offer', onclick }, label);
  }
}

/** What every file system takes of a title. @param {string} title */
function fileName(title) {
  const words = title.match(/[\p{Letter}\p{Number}]+/gu) ?? ['conversation'];
  return words.join('-').slice(0, 60);
}
