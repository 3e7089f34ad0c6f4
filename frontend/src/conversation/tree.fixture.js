import fc from 'fast-check';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';

/** @import { Conversation } from './conversation.js' */

const problem = { code: 'timeout', message: 'too late', retryable: true };

/**
 * A random user action or answer event.
 * @returns {fc.Arbitrary<(state: Conversation, number: number) => Conversation>}
 */
export function step() {
  return fc
    .record({
      type: fc.constantFrom(
        'asked',
        'edited',
        'regenerated',
        'selected',
        'delta',
        'completed',
        'incomplete',
        'failed',
        'stopped',
        'interrupted',
      ),
      pick: fc.nat(),
      text: fc.string({ unit: 'grapheme' }),
    })
    .map(({ type, pick, text }) => (state, at) => {
      /** @param {'user' | 'assistant'} role */
      const any = role => {
        const candidates = Object.values(state.messages).filter(message => message.role === role);
        return candidates[pick % candidates.length]?.id;
      };
      const ids = { question: `${state.id}-q${at}`, answer: `${state.id}-a${at}` };
      const question = any('user');
      const answer = any('assistant');
      if (type === 'asked' || !answer)
        return applyUserAction(state, { type: 'asked', ...ids, text, at });
      if (type === 'edited')
        return applyUserAction(state, { type, of: question, ...ids, text, at });
      if (type === 'regenerated')
        return applyUserAction(state, { type, of: answer, answer: ids.answer, at });
      if (type === 'selected') return applyUserAction(state, { type, leaf: answer });
      const payload = { text, problem, reason: 'max_output_tokens', usage: { total_tokens: pick } };
      return applyAnswerEvent(state, /** @type {any} */ ({ type, id: answer, at, ...payload }));
    });
}

/**
 * A conversation after random actions and events.
 * @param {string} id
 */
export function randomConversation(id) {
  return fc
    .array(step(), { maxLength: 30 })
    .map(steps => steps.reduce((state, next, at) => next(state, at), conversation({ id, at: 0 })));
}
