const still = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Draws the page, and where it turns from the empty one into a conversation lets the composer move
 * there rather than jump.
 * @param {(view: 'empty' | 'chat') => void} draw
 * @returns {(view: 'empty' | 'chat') => void}
 */
export function viewTransition(draw) {
  const { dataset } = document.documentElement;
  let moving = false;
  return next => {
    if (moving) return; // what is being moved to is drawn with the newest state
    const begins = dataset.view === 'empty' && next === 'chat';
    if (!begins || still.matches || !document.startViewTransition) return show(next);
    moving = true;
    document.startViewTransition(() => {
      moving = false;
      show(next);
    });
  };

  /** @param {'empty' | 'chat'} next */
  function show(next) {
    dataset.view = next;
    draw(next);
  }
}
