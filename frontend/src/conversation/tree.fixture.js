import fc from 'fast-check';
import { chosen, conversation, progressed } from './conversation.js';

/** @import { Conversation } from './conversation.js' */

const problem = { code: 'timeout', message: 'too late', retryable: true };

/**
 * Anything a reader or a model may do to a conversation.
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
        const some = Object.values(state.messages).filter(message => message.role === role);
        return some[pick % some.length]?.id;
      };
      const ids = { question: `${state.id}-q${at}`, answer: `${state.id}-a${at}` };
      const question = any('user');
      const answer = any('assistant');
      if (type === 'asked' || !answer) return chosen(state, { type: 'asked', ...ids, text, at });
      if (type === 'edited') return chosen(state, { type, of: question, ...ids, text, at });
      if (type === 'regenerated')
        return chosen(state, { type, of: answer, answer: ids.answer, at });
      if (type === 'selected') return chosen(state, { type, leaf: answer });
      const said = { text, problem, reason: 'max_output_tokens', usage: { total_tokens: pick } };
      return progressed(state, /** @type {any} */ ({ type, id: answer, at, ...said }));
    });
}

/**
 * A conversation to which anything has happened.
 * @param {string} id
 */
export function grown(id) {
  return fc
    .array(step(), { maxLength: 30 })
    .map(steps => steps.reduce((state, next, at) => next(state, at), conversation({ id, at: 0 })));
}
