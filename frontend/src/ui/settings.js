import { onDemandStrings } from '../strings/on-demand.js';
import { archives } from './archives.js';
import { dialog } from './dialog.js';
import { element } from './element.js';
import { shifted, withCommand } from './shortcuts.js';

/** @import { Archives } from './archives.js' */
/** @import { Setting } from './stored-setting.js' */

/**
 * What the reader may choose, and the keys there are.
 * @param {{ spoken: Setting } & Archives} choices
 */
export function settings(choices) {
  const { settings: words } = onDemandStrings;
  const close = element('button', { className: 'offer' }, words.close);
  dialog(
    { className: 'settings', label: words.name },
    element('h2', {}, words.name),
    spoken(choices.spoken),
    element('h3', {}, words.conversations),
    ...archives(choices),
    element('h3', {}, words.keysName),
    keys(),
    element('form', { method: 'dialog' }, close),
  );
}

/** @param {Setting} setting */
function spoken(setting) {
  const { settings: words } = onDemandStrings;
  const choices = Object.entries(words.spoken).map(([value, label]) => {
    const checked = value === setting.read();
    const radio = element('input', { type: 'radio', name: 'spoken', value, checked });
    radio.onchange = () => setting.write(value);
    return element('label', {}, radio, label);
  });
  return element('fieldset', {}, element('legend', {}, words.spokenAnswers), ...choices);
}

function keys() {
  const { keys } = onDemandStrings.settings;
  const rows = [
    [withCommand('K'), keys.palette],
    [withCommand(shifted('O')), keys.newChat],
    [withCommand('B'), keys.sidebar],
    ['Esc', keys.stop],
    [shifted('Esc'), keys.write],
    ['↑', keys.editLast],
    ['?', keys.settings],
  ];
  return element(
    'dl',
    {},
    ...rows.flatMap(([key, does]) => [
      element('dt', {}, element('kbd', {}, key)),
      element('dd', {}, does),
    ]),
  );
}
