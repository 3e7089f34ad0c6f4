import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { archives } from './archives.js';
import { button } from './classes.js';
import { dialog } from './dialog.js';
import { kbd, modalScrolling, modalTitle } from './on-demand-classes.js';
import { shifted, withCommand } from './shortcuts.js';

/** @import { Archives } from './archives.js' */
/** @import { Setting } from './stored-setting.js' */

const { settings: words } = onDemandStrings;
const headingClasses = 'pt-5 pb-1 text-sm font-medium text-muted';

/**
 * Dialog: settings, export and import, and the list of keyboard shortcuts.
 * @param {{ spoken: Setting } & Archives} options
 */
export function settings(options) {
  dialog(
    { className: modalScrolling, label: words.name },
    element('h2', { className: modalTitle }, words.name),
    spokenSetting(options.spoken),
    element('h3', { className: headingClasses }, words.conversations),
    ...archives(options),
    element('h3', { className: headingClasses }, words.keysName),
    keyList(),
    element('form', { method: 'dialog' }, element('button', { className: button }, words.close)),
  );
}

/** @param {Setting} setting */
function spokenSetting(setting) {
  const choices = Object.entries(words.spoken).map(([value, label]) => {
    const checked = value === setting.read();
    const className = 'size-4 accent-accent';
    const radio = element('input', { type: 'radio', className, name: 'spoken', value, checked });
    radio.onchange = () => setting.write(value);
    const labelClasses = 'flex min-h-target items-center gap-2.5 text-label';
    return element('label', { className: labelClasses }, radio, label);
  });
  const legend = element('legend', { className: headingClasses }, words.spokenAnswers);
  return element('fieldset', {}, legend, ...choices);
}

function keyList() {
  const { keys } = words;
  const rows = [
    [withCommand('K'), keys.palette],
    [withCommand(shifted('O')), keys.newChat],
    [withCommand('B'), keys.sidebar],
    ['Esc', keys.stop],
    [shifted('Esc'), keys.focusMessage],
    ['↑', keys.editLast],
    ['?', keys.settings],
  ];
  const entries = rows.flatMap(([key, description]) => [
    element('dt', {}, element('kbd', { className: kbd }, key)),
    element('dd', {}, description),
  ]);
  const className =
    'mb-5 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1 text-label';
  return element('dl', { className }, ...entries);
}
