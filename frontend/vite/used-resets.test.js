import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutUnused } from './used-resets.js';

test('a rule for controls that the page does not have is removed', () => {
  const css = '@layer base{::-webkit-datetime-edit,::-webkit-date-and-time-value{padding:0}a{b:c}}';
  assert.equal(withoutUnused(css), '@layer base{a{b:c}}');
  assert.equal(
    withoutUnused('p{a:b}:where(select:is([multiple],[size])) optgroup option{c:d}q{e:f}'),
    'p{a:b}q{e:f}',
  );
});

test('a rule with another selector stays as it is', () => {
  const css = '@layer base{button,::file-selector-button{font:inherit}}';
  assert.equal(withoutUnused(css), css);
});
