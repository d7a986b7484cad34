import { expect, it } from 'vitest';
import { withoutStack } from './without-stack.js';

it('makes errors without stacks, and leaves those of others alone', () => {
  expect(withoutStack(() => new Error('expected')).stack).toBe('Error: expected');
  expect(new Error('other').stack).toContain('without-stack.test');
  expect(() =>
    withoutStack(() => {
      throw new Error('expected');
    }),
  ).toThrow('expected');
  expect(new Error('other').stack).toContain('without-stack.test');
});
