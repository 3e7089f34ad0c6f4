const QUESTION_OFFSET_PX = 16; // between the header and a question that was just sent
const FOLLOW_THRESHOLD_PX = 60; // a shorter distance counts as the end
const UNREAD_THRESHOLD_PX = 200; // of text below, that shows the button
const UPWARD_SCROLL_PX = 3;

/**
 * Scrolls the thread. A question moves to the top and stays there while its answer fills the space
 * below; the thread follows the text only after the reader scrolls to its end.
 * @param {{ thread: HTMLElement, turns: HTMLElement, latest: HTMLButtonElement }} elements
 */
export function scroll({ thread, turns, latest }) {
  let following = false;
  let pinned = false; // whether the question stays at the top
  let target = 0; // set by this module; any other position was set by the reader
  let previous = 0;
  let height = 0;
  /** @type {{ question: HTMLElement, answer: HTMLElement } | undefined} */
  let anchored;

  thread.addEventListener('scroll', onScroll, { passive: true });
  latest.onclick = () => {
    toEnd();
    thread.focus(); // the button goes
  };
  const sizes = new ResizeObserver(onResize);
  sizes.observe(turns);
  sizes.observe(thread);
  return { anchor, toEnd };

  /** Moves the last question to the top, with room for the answer below it. */
  function anchor() {
    const answer = turns.lastElementChild;
    const question = answer?.previousElementSibling;
    if (!(answer instanceof HTMLElement) || !(question instanceof HTMLElement)) return;
    if (anchored && anchored.answer !== answer) anchored.answer.style.minHeight = '';
    anchored = { question, answer };
    follow(false);
    pinned = true;
    pin();
  }

  function pin() {
    if (!pinned || !anchored?.answer.isConnected) return;
    const { question, answer } = anchored;
    const above = answer.offsetTop - question.offsetTop;
    const below = Number.parseFloat(getComputedStyle(thread).paddingBottom);
    answer.style.minHeight = `${thread.clientHeight - QUESTION_OFFSET_PX - above - below}px`;
    scrollTo(question.offsetTop - QUESTION_OFFSET_PX);
  }

  function toEnd() {
    pinned = false;
    follow(true);
    scrollTo(thread.scrollHeight);
    updateButton();
  }

  /** @param {boolean} value */
  function follow(value) {
    following = value;
    thread.toggleAttribute('data-following', value);
  }

  /** @param {number} top */
  function scrollTo(top) {
    thread.scrollTop = top;
    previous = target = thread.scrollTop;
  }

  function onScroll() {
    const top = thread.scrollTop;
    const clamped = thread.scrollHeight < height && distanceFromEnd() < 1;
    if (Math.abs(top - target) > 1.5 && !clamped) onUserScroll(top - previous);
    previous = top;
    updateButton();
  }

  /** @param {number} delta  pixels, positive downwards */
  function onUserScroll(delta) {
    if (delta < -UPWARD_SCROLL_PX) follow(false);
    else if (delta > 0 && distanceFromEnd() <= FOLLOW_THRESHOLD_PX && isRoomFilled()) follow(true);
    pinned = false;
  }

  /** @param {ResizeObserverEntry[]} entries */
  function onResize(entries) {
    height = thread.scrollHeight;
    if (entries.some(({ target }) => target === thread)) pin();
    if (following) scrollTo(height);
    updateButton();
  }

  function updateButton() {
    const unread = following ? 0 : distanceFromEnd();
    if (unread > UNREAD_THRESHOLD_PX) latest.hidden = false;
    else if (unread <= FOLLOW_THRESHOLD_PX) latest.hidden = true;
  }

  function distanceFromEnd() {
    return thread.scrollHeight - thread.clientHeight - thread.scrollTop;
  }

  function isRoomFilled() {
    const last = turns.lastElementChild;
    if (!(last instanceof HTMLElement)) return false;
    return last.offsetHeight > Number.parseFloat(last.style.minHeight || '0') + 1;
  }
}
