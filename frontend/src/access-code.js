import { element } from './element.js';
import { accessCodeStrings as words } from './strings/access-code.js';
import { textButton } from './ui/action-button.js';
import { buttonPrimary } from './ui/classes.js';
import { dialog } from './ui/dialog.js';
import { buttonGroup, modalScrolling, modalTitle, textInput } from './ui/on-demand-classes.js';

/** @type {Promise<boolean> | undefined} */
let entering; // one dialog for all answers that need a code

/**
 * Asks for an access code until the gateway accepts one.
 * @param {(code: string) => Promise<number>} check  the status of a request with this code
 * @param {(code: string) => void} keep  receives the code
 * @returns {Promise<boolean>}  false if the user closes the dialog
 */
export function enterAccessCode(check, keep) {
  entering ??= open(check, keep).finally(() => {
    entering = undefined;
  });
  return entering;
}

/**
 * @param {(code: string) => Promise<number>} check
 * @param {(code: string) => void} keep
 * @returns {Promise<boolean>}
 */
function open(check, keep) {
  const field = element('input', {
    className: `${textInput} mt-3`,
    type: 'password',
    name: 'access-code',
    autocomplete: 'off',
    required: true,
    'aria-labelledby': 'access-code-title',
    'aria-describedby': 'access-code-problem',
  });
  const problem = element('p', {
    id: 'access-code-problem',
    className: 'mt-2 min-h-6 text-sm text-danger',
    role: 'alert',
  });
  const cancel = textButton(words.cancel);
  const form = element(
    'form',
    {},
    element('h2', { id: 'access-code-title', className: modalTitle }, words.title),
    element('p', { className: 'mt-1 text-sm text-muted' }, words.description),
    field,
    problem,
    element(
      'div',
      { className: `${buttonGroup} justify-end` },
      cancel,
      element('button', { type: 'submit', className: buttonPrimary }, words.confirm),
    ),
  );
  const root = dialog({ className: modalScrolling, label: words.title }, form);
  cancel.onclick = () => root.close();
  return new Promise(resolve => {
    root.addEventListener('close', () => resolve(false));
    form.onsubmit = async event => {
      event.preventDefault();
      if (field.readOnly) return; // a code is being checked
      field.readOnly = true;
      const code = field.value.trim();
      const status = await check(code).catch(() => 0);
      field.readOnly = false;
      if (!root.open) return;
      if (status !== 200) {
        problem.textContent = sentence(status);
        return field.select();
      }
      keep(code);
      resolve(true);
      root.close();
    };
  });
}

/** @param {number} status  0 without a response */
function sentence(status) {
  if (status === 401) return words.wrong;
  return status === 429 ? words.tooMany : words.failed;
}
