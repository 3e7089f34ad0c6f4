import { buttonQuiet, buttonQuietBase, buttonShape, hover } from './classes.js';

/** Sets of utilities for index.html and for modules that are loaded on demand. */

export const buttonUndo = `${buttonQuietBase} font-semibold text-accent`;
export const buttonGroup = 'flex flex-wrap gap-2 pt-2';
export const listItem = `flex min-h-control items-center gap-2.5 rounded-lg px-3 text-label ${hover}`;
export const textInput = `flex min-h-control w-full rounded-lg border border-control bg-bg px-3 text-field ${hover}`;
export const longText = `${textInput} mt-1 max-h-96 min-h-16 resize-none py-2 field-sizing-content`;

export const optionControl = `field-sizing-content ${buttonQuiet}`;
export const optionOn =
  'inline-grid size-target place-items-center rounded-lg border border-control bg-bubble text-accent';

export const danger = 'text-danger hover:bg-danger-tint hover:text-danger';
export const buttonDanger = `${buttonShape} border-danger ${danger}`;

export const modal =
  'mx-auto mt-[min(14vh,8rem)] mb-auto short:mt-auto w-modal max-w-none rounded-bubble border border-hairline bg-bg text-inherit shadow-modal backdrop:bg-backdrop motion-safe:animate-arrive';
export const modalScrolling = 'max-h-modal overflow-x-hidden overflow-y-auto px-6 pt-5 pb-6';
export const modalTitle = 'text-lg font-semibold';
export const modalHeader = 'flex items-center justify-between gap-2 py-2 ps-6 pe-3';
export const modalBody = 'scroll-area px-6 pb-6';
export const segment =
  'relative grid min-h-control flex-1 place-items-center rounded-full px-3 text-sm text-muted has-checked:bg-bubble has-checked:font-medium has-checked:text-text has-checked:[box-shadow:inset_0_0_0_1px_var(--control)] has-focus-visible:outline-2 has-focus-visible:outline-accent has-checked:forced-outline';
export const kbd = 'shrink-0 font-sans text-note text-muted';
export const importArea =
  'flex flex-wrap items-center gap-x-3 gap-y-2 text-sm has-[:not(:empty)]:pt-2';
export const importProgress =
  'h-2.5 min-w-32 flex-1 appearance-none overflow-hidden rounded-full border border-control bg-bg [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-bg [&::-webkit-progress-value]:bg-accent forced-colors:forced-color-adjust-none forced-colors:[&::-webkit-progress-value]:bg-[Highlight]';
