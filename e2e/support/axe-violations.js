import axe from 'axe-core';

/** @import { Frame, Page } from 'playwright-core' */

/**
 * What axe reports within a page or a frame, without the frames in it.
 * @param {Page | Frame} target
 * @returns {Promise<string[]>}
 */
export async function axeViolations(target) {
  await target.evaluate(axe.source);
  return target.evaluate(async () => {
    const { run } = /** @type {typeof axe} */ (Reflect.get(window, 'axe'));
    const { violations } = await run({ iframes: false });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  });
}
