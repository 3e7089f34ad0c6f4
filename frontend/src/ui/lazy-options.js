import { storedSetting } from './stored-setting.js';

/** @import { ChatOptionsParts } from './chat-options.js' */
/** @import { Gateway } from '../stream/gateway.js' */

/**
 * What can be chosen for an answer, beside the composer. Its module is loaded once there is a choice.
 * @param {ChatOptionsParts & { gateway: Gateway }} parts
 */
export function lazyOptions({ gateway, ...parts }) {
  const labels = storedSetting('models', '{}'); // by id, since there was a choice or a name of models
  /** @type {ReturnType<typeof import('./chat-options.js').chatOptions> | undefined} */
  let options;
  gateway.onAnnounced(async ({ models = [], canChoose }) => {
    const isNamed = models.some(({ id, label }) => label !== id);
    if (!canChoose && !isNamed && labels.read() === '{}') return;
    const { chatOptions } = await import('./chat-options.js');
    options ??= chatOptions({ ...parts, labels });
    options.update(models);
  });
  return {
    /** The operator's name of a model, also of one that has left the list. */
    modelLabel: (/** @type {string} */ id) => JSON.parse(labels.read())[id] ?? id,
  };
}
