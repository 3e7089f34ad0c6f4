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

test('many requests are one redraw in the next frame', () => {
  const draw = mock.fn();
  const request = animationFrame(draw);
  request();
  request();
  assert.equal(draw.mock.callCount(), 0);
  frames.shift()?.();
  mock.timers.tick(1000);
  assert.equal(draw.mock.callCount(), 1);
});

test('a hidden page, without animation frames, is redrawn four times a second', () => {
  const draw = mock.fn();
  const request = animationFrame(draw);
  for (let at = 0; at < 1000; at += 50) {
    request();
    mock.timers.tick(50);
  }
  assert.equal(draw.mock.callCount(), 4);
});

test('a request during a redraw is served in the next frame', () => {
  const draw = mock.fn(() => {
    if (draw.mock.callCount() === 0) request();
  });
  const request = animationFrame(draw);
  request();
  frames.shift()?.();
  frames.shift()?.();
  assert.equal(draw.mock.callCount(), 2);
});
