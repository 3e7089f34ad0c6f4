const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Draws the page, with a view transition from the empty page to a conversation, which moves the
 * composer.
 * @param {(view: 'empty' | 'chat') => void} draw
 * @returns {(view: 'empty' | 'chat') => void}
 */
export function viewTransition(draw) {
  const { dataset } = document.documentElement;
  let transitioning = false; // the callback of the transition draws the latest state
  return next => {
    if (transitioning) return;
    const opensChat = dataset.view === 'empty' && next === 'chat';
    if (!opensChat || reducedMotion.matches || !document.startViewTransition) return show(next);
    transitioning = true;
    const { ready } = document.startViewTransition(() => {
      transitioning = false;
      show(next);
    });
    ready.catch(() => {}); // a slow browser skips the animation, not the update
  };

  /** @param {'empty' | 'chat'} next */
  function show(next) {
    dataset.view = next;
    draw(next);
  }
}
