const PARAMETER = /([?&])utm_source=(?:openai|chatgpt\.com)(&|(?![\w%.~-]))/g;
const LINK = /(?<=\]\(<?|<)https?:[^\s<>]+/g; // the target of a link in Markdown

/** An address without the parameter that OpenAI adds to the links of its answers. @param {string} url */
export function withoutTracking(url) {
  return url.replace(PARAMETER, (_all, before, after) => (after ? before : ''));
}

/** Markdown whose links have no such parameter; what else looks like it stays. @param {string} text */
export function withoutTrackedLinks(text) {
  return text.replace(LINK, withoutTracking);
}
