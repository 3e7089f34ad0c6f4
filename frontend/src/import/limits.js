/** The JSON of a conversation with many images. A larger one is not imported. */
export const MAX_CONVERSATION_MB = 256;
