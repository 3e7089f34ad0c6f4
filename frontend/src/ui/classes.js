/**
 * Sets of utilities that several elements share. index.html takes them too, at build time. Those of
 * modules that are loaded on demand are in on-demand-classes.js.
 */

export const hover = 'hover:bg-bubble hover:text-text';
export const note = 'text-note text-muted';

export const icon = 'size-5 shrink-0';
export const iconButton = `inline-grid size-target place-items-center rounded-lg text-muted ${hover}`;
const buttonBase = `button inline-grid min-h-target items-center rounded-full border px-4 text-sm font-medium [font-variant-numeric:tabular-nums] ${hover}`;
export const button = `${buttonBase} border-control aria-disabled:border-dashed aria-disabled:text-muted`;
export const buttonQuietBase = `min-h-target rounded-lg px-2 text-note ${hover}`;
export const buttonQuiet = `${buttonQuietBase} text-muted`;
export const buttonPrimary = `${buttonBase} border-transparent bg-text text-bg`;
export const textArea =
  'block max-h-field min-h-6.5 w-full resize-none px-1 outline-none field-sizing-content';
export const spinnerDot =
  'spinner-dot inline-block size-2 shrink-0 rounded-full bg-text forced-colors:bg-[CanvasText] forced-colors:forced-color-adjust-none motion-safe:animate-wait';

export const turn = 'group/turn lazy-turn';
export const turnFoot =
  'flex flex-wrap items-center gap-x-2 gap-y-0.5 motion-safe:[transition:opacity_120ms_ease-out] can-hover:idle-turn:opacity-0';

/** Sets that only index.html repeats. */
export const pageClasses = {
  column: 'mx-auto w-column',
  notice: `px-3 pt-1 pb-2 text-center ${note} empty:hidden`,
  suggestion: `min-h-control rounded-full border border-hairline px-4 text-sm text-muted ${hover}`,
  segment:
    'grid h-[calc(var(--target)-0.25rem)] w-[calc(var(--target)+0.25rem)] place-items-center rounded-full text-muted has-checked:bg-bubble has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent has-checked:forced-outline',
};
