/** Exports of other products, with all that their real ones have and the import must know. */

/**
 * A conversation of ChatGPT.
 * @param {Record<string, any>} mapping
 * @param {object} [properties]
 */
export function chatGpt(mapping, properties = {}) {
  return {
    title: 'Trip',
    create_time: 1700000000.1,
    update_time: 1700000100.1,
    mapping: { root: { id: 'root', message: null, parent: null, children: [] }, ...mapping },
    moderation_results: [],
    current_node: null,
    conversation_id: '6b0f0d9c-0000-4000-8000-000000000001',
    default_model_slug: 'gpt-5',
    is_archived: false,
    ...properties,
  };
}

/**
 * A node of ChatGPT's mapping.
 * @param {string} id
 * @param {string | null} parent
 * @param {string} role
 * @param {string | object} content
 * @param {object} [properties]  of the message
 */
export function chatGptNode(id, parent, role, content, properties = {}) {
  const message = {
    id,
    author: { role, name: null, metadata: {} },
    create_time: 1700000001,
    content: typeof content === 'string' ? { content_type: 'text', parts: [content] } : content,
    status: 'finished_successfully',
    weight: 1,
    recipient: 'all',
    ...properties,
  };
  return { [id]: { id, message, parent, children: [] } };
}

/** A question with two answers, of which the first is selected. */
export function chatGptVersions() {
  return chatGpt(
    {
      ...chatGptNode('u1', 'root', 'user', 'Where to?'),
      ...chatGptNode('a1', 'u1', 'assistant', 'Lisbon.', {
        create_time: 1700000002,
        metadata: { model_slug: 'gpt-4o' },
      }),
      ...chatGptNode('a2', 'u1', 'assistant', 'Porto.', { create_time: 1700000003 }),
    },
    { current_node: 'a1' },
  );
}

export const claude = {
  uuid: 'c1a0de00-0000-4000-8000-000000000001',
  name: 'Tea',
  created_at: '2024-05-01T10:00:00.000000Z',
  updated_at: '2024-05-01T10:05:00.000000Z',
  account: { uuid: 'x' },
  chat_messages: [
    {
      uuid: 'm1',
      sender: 'human',
      text: 'How long?',
      content: [{ type: 'text', text: 'How long?' }],
      created_at: '2024-05-01T10:00:00.000000Z',
      attachments: [{ file_name: 'notes.txt', file_size: 3, extracted_content: 'Oolong' }],
      files: [{ file_name: 'leaf.png' }],
    },
    {
      uuid: 'm2',
      sender: 'assistant',
      text: '',
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Three minutes.' },
        { type: 'tool_use', name: 'clock', input: {} },
        { type: 'text', text: 'Then drink.' },
      ],
      created_at: '2024-05-01T10:00:05.000000Z',
      attachments: [],
      files: [],
    },
  ],
};

const libreChatMessages = [
  {
    messageId: 'm1',
    parentMessageId: '00000000-0000-0000-0000-000000000000',
    text: 'Hello',
    sender: 'User',
    isCreatedByUser: true,
    createdAt: '2024-05-01T10:00:00.000Z',
  },
  {
    messageId: 'm2',
    parentMessageId: 'm1',
    text: '',
    content: [
      { type: 'think', think: 'A greeting.' },
      { type: 'text', text: { value: 'Hi' } },
    ],
    sender: 'GPT-4',
    model: 'gpt-4',
    isCreatedByUser: false,
    createdAt: '2024-05-01T10:00:01.000Z',
  },
  {
    messageId: 'm3',
    parentMessageId: 'm1',
    text: 'Good day',
    sender: 'GPT-4',
    isCreatedByUser: false,
    createdAt: '2024-05-01T10:00:02.000Z',
  },
];

/** LibreChat's list of messages. */
export const libreChatFlat = {
  conversationId: 'abc',
  endpoint: 'openAI',
  title: 'LC chat',
  exportAt: '12:00:00',
  branches: true,
  recursive: false,
  messages: libreChatMessages,
};

const [question, ...answers] = libreChatMessages;

/** The same conversation as a tree. */
export const libreChatTree = {
  ...libreChatFlat,
  recursive: true,
  messages: [{ ...question, children: answers.map(answer => ({ ...answer, children: [] })) }],
};

/** A chat of Open WebUI that asked two models. */
export const openWebUi = {
  id: 'c1',
  user_id: 'u',
  title: 'OWUI',
  pinned: true,
  chat: {
    id: '',
    title: 'OWUI',
    models: ['llama3', 'qwen3'],
    history: {
      messages: {
        m1: {
          id: 'm1',
          parentId: null,
          childrenIds: ['m2', 'm3'],
          role: 'user',
          content: 'Hello',
          files: [{ type: 'file', name: 'a.pdf' }],
          timestamp: 1700000000,
        },
        m2: {
          id: 'm2',
          parentId: 'm1',
          childrenIds: [],
          role: 'assistant',
          content:
            '<details type="reasoning" done="true">\n<summary>Thought</summary>\n> Hm\n</details>\nHi',
          model: 'llama3',
          timestamp: 1700000001,
        },
        m3: {
          id: 'm3',
          parentId: 'm1',
          childrenIds: [],
          role: 'assistant',
          content: 'Ni hao',
          model: 'qwen3',
          timestamp: 1700000002,
        },
      },
      currentId: 'm2',
    },
    messages: [],
    timestamp: 1700000000000,
  },
  updated_at: 1700000009,
  created_at: 1700000000,
};
