import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libreChatTree } from './librechat.js';

for (const [text, answer] of [
  [':::thinking\nA greeting.\n:::\n\nHi', 'Hi'],
  [':::thinking\nA\n\n:::\nHi\n\n:::thinking\nB\n:::', 'Hi'],
  [':::thinking\nA greet', ''],
  ['Write ::: thinking', 'Write ::: thinking'],
])
  test(`reasoning in the text of an answer is left out: ${JSON.stringify(text)}`, () => {
    const messages = [
      { messageId: 'q', text, isCreatedByUser: true },
      { messageId: 'a', parentMessageId: 'q', text, isCreatedByUser: false },
    ];
    const { nodes } = libreChatTree({ conversationId: 'c', messages });
    assert.deepEqual(
      nodes.map(node => node.text),
      [text, answer],
    );
  });
