const gap = 16; // pixels between the header and a question that was just sent
const near = 60; // pixels from the end that count as being there
const far = 200; // pixels of unread text that are worth a button

/**
 * Where the thread is scrolled to. A question goes to the top and stays there while its answer
 * fills the space below; the thread follows the text only when the reader asked it to.
 * @param {{ thread: HTMLElement, turns: HTMLElement, latest: HTMLButtonElement }} elements
 */
export function scroll({ thread, turns, latest }) {
  let following = false;
  let held = false; // whether the question is where it was put
  let ours = 0; // where we last put it; a scroll event elsewhere is the reader's
  let before = 0;
  let height = 0;
  /** @type {{ question: HTMLElement, answer: HTMLElement } | undefined} */
  let anchored;

  thread.addEventListener('scroll', scrolled, { passive: true });
  latest.onclick = toEnd;
  const sizes = new ResizeObserver(resized);
  sizes.observe(turns);
  sizes.observe(thread);
  return { anchor, toEnd };

  /** Puts the last question to the top, with room below it for the answer. */
  function anchor() {
    const answer = turns.lastElementChild;
    const question = answer?.previousElementSibling;
    if (!(answer instanceof HTMLElement) || !(question instanceof HTMLElement)) return;
    if (anchored && anchored.answer !== answer) anchored.answer.style.minHeight = '';
    anchored = { question, answer };
    follow(false);
    held = true;
    hold();
  }

  function hold() {
    if (!held || !anchored?.answer.isConnected) return;
    const { question, answer } = anchored;
    const above = answer.offsetTop - question.offsetTop;
    const below = Number.parseFloat(getComputedStyle(thread).paddingBottom);
    answer.style.minHeight = `${thread.clientHeight - gap - above - below}px`;
    put(question.offsetTop - gap);
  }

  function toEnd() {
    held = false;
    follow(true);
    put(thread.scrollHeight);
    offer();
  }

  /** @param {boolean} now */
  function follow(now) {
    following = now;
    thread.toggleAttribute('data-following', now);
  }

  /** @param {number} top */
  function put(top) {
    thread.scrollTop = top;
    before = ours = thread.scrollTop;
  }

  function scrolled() {
    const top = thread.scrollTop;
    const clamped = thread.scrollHeight < height && fromEnd() < 1;
    if (Math.abs(top - ours) > 1.5 && !clamped) byReader(top - before);
    before = top;
    offer();
  }

  /** @param {number} moved  pixels, downwards positive */
  function byReader(moved) {
    if (moved < -3) follow(false);
    else if (moved > 0 && fromEnd() <= near && roomIsFilled()) follow(true);
    held = false;
  }

  /** @param {ResizeObserverEntry[]} entries */
  function resized(entries) {
    height = thread.scrollHeight;
    if (entries.some(({ target }) => target === thread)) hold();
    if (following) put(height);
    offer();
  }

  function offer() {
    const unread = following ? 0 : fromEnd();
    if (unread > far) latest.hidden = false;
    else if (unread <= near) latest.hidden = true;
  }

  function fromEnd() {
    return thread.scrollHeight - thread.clientHeight - thread.scrollTop;
  }

  function roomIsFilled() {
    const last = turns.lastElementChild;
    if (!(last instanceof HTMLElement)) return false;
    return last.offsetHeight > Number.parseFloat(last.style.minHeight || '0') + 1;
  }
}
