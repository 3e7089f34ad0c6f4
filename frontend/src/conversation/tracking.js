const PARAMETER = /([?&])utm_source=(?:openai|chatgpt\.com)(&|(?![\w%.~-]))/g;

/** A text without the parameter that OpenAI adds to the links of its answers. @param {string} text */
export function withoutTracking(text) {
  return text.replace(PARAMETER, (_all, before, after) => (after ? before : ''));
}
