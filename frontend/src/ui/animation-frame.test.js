import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { animationFrame } from './animation-frame.js';

/** @type {(() => void)[]} */
let frames;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  frames = [];
  globalThis.requestAnimationFrame = callback => frames.push(() => callback(0));
  globalThis.cancelAnimationFrame = () => {};
});

test('many wishes are one drawing in the next frame', () => {
  const draw = mock.fn();
  const ask = animationFrame(draw);
  ask();
  ask();
  assert.equal(draw.mock.callCount(), 0);
  frames.shift()?.();
  mock.timers.tick(1000);
  assert.equal(draw.mock.callCount(), 1);
});

test('a hidden page, which has no frames, is drawn four times a second', () => {
  const draw = mock.fn();
  const ask = animationFrame(draw);
  for (let at = 0; at < 1000; at += 50) {
    ask();
    mock.timers.tick(50);
  }
  assert.equal(draw.mock.callCount(), 4);
});

test('what is wished for while drawing is drawn in the next frame', () => {
  const draw = mock.fn(() => {
    if (draw.mock.callCount() === 0) ask();
  });
  const ask = animationFrame(draw);
  ask();
  frames.shift()?.();
  frames.shift()?.();
  assert.equal(draw.mock.callCount(), 2);
});
