const hiddenFrame = 250; // milliseconds; a hidden page gets no animation frames

/**
 * Joins many wishes to draw into one drawing a frame.
 * @param {() => void} draw
 * @returns {() => void}  asks for a drawing
 */
export function animationFrame(draw) {
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(now, hiddenFrame);
    frame = requestAnimationFrame(now);
  };

  function now() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = undefined;
    draw();
  }
}
