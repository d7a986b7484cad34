import { expect, it } from 'vitest';
import { withoutStack } from './without-stack.js';

it('creates errors without stacks, and does not affect others', () => {
  expect(withoutStack(() => new Error('expected')).stack).toBe('Error: expected');
  expect(new Error('other').stack).toContain('without-stack.test');
  expect(() =>
    withoutStack(() => {
      throw new Error('expected');
    }),
  ).toThrow('expected');
  expect(new Error('other').stack).toContain('without-stack.test');
});
