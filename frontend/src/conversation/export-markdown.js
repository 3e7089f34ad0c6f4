import { branch } from './branch.js';
import { openFence } from './open-fence.js';
import { withoutTrackedLinks } from './tracking.js';

/** @import { Conversation, Message } from './conversation.js' */
/** @import { Source } from './sources.js' */

/**
 * Exports the selected branch as a Markdown document: its text and sources, without reasoning. It
 * names what is attached.
 * @param {Conversation} conversation
 * @param {Record<Message['role'] | 'sources' | 'attached', string>} names  headings
 */
export function exportMarkdown(conversation, names) {
  const turns = branch(conversation)
    .filter(({ text, attachments = [] }) => text.trim() !== '' || attachments.length > 0)
    .map(({ role, text, attachments = [], activity }) => {
      const files = attachments.map(({ name, alt }) => escaped(alt ? `${name} (${alt})` : name));
      const attached = files.length > 0 ? `${names.attached}: ${files.join(', ')}` : '';
      const own = [attached, closed(text.trim())].filter(Boolean).join('\n\n');
      const content = role === 'assistant' ? withoutTrackedLinks(own) : own;
      return `## ${names[role]}\n\n${content}\n${sourceList(activity?.sources)}`;
    });
  return [`# ${conversation.title}\n`, ...turns].join('\n');

  /** @param {Source[]} [sources] */
  function sourceList(sources = []) {
    if (sources.length === 0) return '';
    return `\n${names.sources}:\n\n${sources.map(source => `- ${item(source)}\n`).join('')}`;
  }
}

/** An answer that stopped inside a code block would take the next turns into it. @param {string} text */
function closed(text) {
  const fence = openFence(text);
  return fence ? `${text}\n${fence.indent}${fence.marks}` : text;
}

/** @param {Source} source */
function item(source) {
  if (!('url' in source)) return escaped(source.filename);
  return `[${escaped(source.title ?? new URL(source.url).host)}](<${source.url}>)`;
}

/** As text, whatever Markdown it has. @param {string} text */
function escaped(text) {
  return text.replace(/[\\`*_~[\]<>&]/g, '\\$&');
}
