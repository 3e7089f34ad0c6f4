const HIDDEN_PAGE_INTERVAL_MS = 250; // a hidden page gets no animation frames

/**
 * Coalesces redraw requests into one per animation frame.
 * @param {() => void} draw
 * @returns {() => void}  requests a redraw
 */
export function animationFrame(draw) {
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(run, HIDDEN_PAGE_INTERVAL_MS);
    frame = requestAnimationFrame(run);
  };

  function run() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = undefined;
    draw();
  }
}
