/**
 * Sets of utilities that several elements share. index.html takes them too, at build time. Those of
 * modules that are loaded on demand are in on-demand-classes.js.
 */

export const hover = 'hover:bg-bubble hover:text-text';
export const note = 'text-note text-muted';

export const icon = 'size-5 shrink-0';
export const iconButton = `inline-grid size-target place-items-center rounded-lg text-muted ${hover}`;
export const buttonShape =
  'button inline-grid min-h-target items-center rounded-full border px-4 text-sm font-medium [font-variant-numeric:tabular-nums]';
const buttonBase = `${buttonShape} ${hover}`;
export const button = `${buttonBase} border-control aria-disabled:border-dashed aria-disabled:text-muted`;
export const buttonQuietBase = `min-h-target rounded-lg px-2 text-note ${hover}`;
export const buttonQuiet = `${buttonQuietBase} text-muted`;
export const buttonPrimary = `${buttonBase} border-transparent bg-text text-bg`;
export const textArea =
  'block max-h-field min-h-6.5 w-full resize-none px-1 outline-none field-sizing-content';
export const stillDot =
  'spinner-dot inline-block size-2 shrink-0 rounded-full bg-text forced-colors:bg-[CanvasText] forced-colors:forced-color-adjust-none';
export const spinnerDot = `${stillDot} motion-safe:animate-wait`;

// A text field matches :focus-visible however it was focused: see keyboard-focus.js.
export const keyboardRing =
  'in-data-keyboard:focus-within:border-accent in-data-keyboard:focus-within:shadow-focus';

export const turn = 'group/turn lazy';
export const turnFoot =
  'flex flex-wrap items-center gap-x-2 gap-y-0.5 motion-safe:[transition:opacity_120ms_ease-out] can-hover:idle-turn:opacity-0';

export const fileChip = `flex min-h-control w-fit max-w-full list-none items-center gap-2 rounded-lg border border-control bg-bg px-3 text-sm [&::-webkit-details-marker]:hidden ${hover}`;
export const fileText = 'scroll-area mt-2 max-h-96 rounded-lg';

// The text of a notice is a paragraph that is hidden or empty while there is nothing to say.
const noticeBase =
  'mx-auto mb-2 flex w-fit items-center gap-2 rounded-xl border px-3 py-1.5 text-sm has-[[hidden]]:hidden has-[p:empty]:hidden';

/** Sets that only index.html repeats. */
export const pageClasses = {
  column: 'mx-auto w-column',
  notice: `${noticeBase} border-hairline text-muted`,
  noticeWarning: `${noticeBase} border-transparent bg-warning-tint text-warning`,
  noticeDanger: `${noticeBase} border-transparent bg-danger-tint text-danger`,
  logo: 'mx-auto mb-4 h-12 max-w-48 object-contain',
  link: 'underline decoration-from-font underline-offset-2 hover:text-text',
  suggestion: `min-h-control rounded-full border border-hairline px-4 text-sm text-muted ${hover}`,
};
