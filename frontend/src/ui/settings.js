import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { actionButton } from './action-button.js';
import { archives } from './archives.js';
import { dialog } from './dialog.js';
import { instructionsFields } from './instructions-fields.js';
import { hasKeyboard, shifted, withCommand } from './key-names.js';
import { kbd, modalBody, modalHeader, modalTitle, segment } from './on-demand-classes.js';
import { removeAllButton } from './remove-all-button.js';

/** @import { Archives } from './archives.js' */
/** @import { Instructions } from './instructions-fields.js' */
/** @import { Setting } from './stored-setting.js' */
/**
 * @typedef {object} Options
 * @property {Setting} spoken
 * @property {Setting} theme
 * @property {{ all: Instructions, current: Instructions }} instructions
 * @property {() => number} count  of conversations
 * @property {() => void} removeAll
 */

const { settings: words, keyNames } = onDemandStrings;
const headingClasses = 'pt-5 pb-1 text-sm font-medium text-muted';

/**
 * Dialog: settings, the instructions for the model, export, import and deletion of all conversations,
 * and the list of keyboard shortcuts.
 * @param {Options & Omit<Archives, 'instructions' | 'importInstructions'>} options
 */
export function settings({ spoken, theme, instructions, count, removeAll, ...handlers }) {
  const close = actionButton('close', words.close, () => root.close());
  let fields = instructionsFields(instructions);
  const { all } = instructions;
  const [buttons, result] = archives({ ...handlers, instructions: all.read, importInstructions });
  if (count() > 0)
    buttons.append(removeAllButton({ count, remove: removeAll, close: () => root.close() }));
  const body = element(
    'div',
    { className: modalBody },
    themeSetting(theme),
    element('h3', { className: headingClasses }, words.instructions.name),
    fields,
    element('h3', { className: headingClasses }, words.conversations),
    buttons,
    result,
    spokenSetting(spoken),
  );
  if (hasKeyboard())
    body.append(element('h3', { className: headingClasses }, words.keysName), keyList());
  const root = dialog(
    { className: 'open:grid max-h-modal grid-rows-[auto_minmax(0,1fr)]', label: words.name },
    element(
      'div',
      { className: modalHeader },
      element('h2', { className: modalTitle }, words.name),
      close,
    ),
    body,
  );

  /** @param {string} text  replaces none of one's own */
  function importInstructions(text) {
    if (all.read().trim() !== '') return false;
    all.write(text);
    const before = fields;
    fields = instructionsFields(instructions);
    before.replaceWith(fields);
    return true;
  }
}

/** @param {Setting} setting */
function themeSetting(setting) {
  const choices = Object.entries(words.themes).map(([value, label]) => {
    const checked = value === setting.read();
    const className = 'absolute opacity-0';
    const radio = element('input', { type: 'radio', className, name: 'theme', value, checked });
    radio.onchange = () => setting.write(value);
    return element('label', { className: segment }, radio, label);
  });
  const legend = element('legend', { className: headingClasses }, words.theme);
  const className = 'flex rounded-full border border-hairline p-0.5';
  return element('fieldset', {}, legend, element('div', { className }, ...choices));
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
    [keyNames.escape, keys.stop],
    [shifted(keyNames.escape), keys.focusMessage],
    ['↑', keys.editLast],
    ['?', keys.settings],
  ];
  const entries = rows.flatMap(([key, description]) => [
    element('dt', {}, element('kbd', { className: kbd }, key)),
    element('dd', {}, description),
  ]);
  const className = 'grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1 text-label';
  return element('dl', { className }, ...entries);
}
