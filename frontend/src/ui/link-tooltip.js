import { element } from '../element.js';

const MARGIN_PX = 8; // to the edges of the window
const className =
  'fixed top-0 left-0 z-10 max-w-[min(24rem,100vw-1rem)] rounded-md border border-control bg-bg px-2 py-0.5 text-note text-text wrap-anywhere';

const tooltip = element('div', { id: 'link-host', className, role: 'tooltip', dir: 'ltr' });
/** @type {HTMLElement | undefined} */
let shown; // the link

document.addEventListener('keydown', onKeydown, { capture: true });
document.addEventListener('pointerover', ({ target }) => {
  if (shown && target instanceof Node && !isInside(target)) hideUnlessFocused();
});
document.addEventListener('focusout', hide);
document.addEventListener('scroll', hide, { capture: true, passive: true });

/**
 * Shows the whole host of a link beside it. In a layer of its own, so that it widens nothing and
 * nothing cuts it.
 * @param {HTMLElement} link
 */
export function showHost(link) {
  if (!link.isConnected || !link.matches(':hover, :focus-visible')) return;
  hide();
  shown = link;
  tooltip.textContent = link.dataset.host ?? '';
  document.body.append(tooltip);
  link.setAttribute('aria-describedby', tooltip.id);
  place(link);
}

/** Below the link, or above it where the window ends. @param {HTMLElement} link */
function place(link) {
  const lines = link.getClientRects();
  const { bottom, left } = lines[lines.length - 1];
  const { width, height } = tooltip.getBoundingClientRect();
  const above = lines[0].top - height;
  const below = bottom; // without a gap, so that the pointer can reach it
  const fits = below + height <= innerHeight - MARGIN_PX || above < 0;
  const x = Math.max(MARGIN_PX, Math.min(left, innerWidth - width - MARGIN_PX));
  tooltip.style.transform = `translate(${x}px, ${fits ? below : above}px)`;
}

/** @param {Node} target */
function isInside(target) {
  return shown?.contains(target) || tooltip.contains(target);
}

/** Escape only hides the tooltip. @param {KeyboardEvent} event */
function onKeydown(event) {
  if (event.key !== 'Escape' || !shown) return;
  event.preventDefault();
  event.stopPropagation();
  hide();
}

function hideUnlessFocused() {
  if (!shown?.matches(':focus-visible')) hide();
}

function hide() {
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  tooltip.remove();
}
