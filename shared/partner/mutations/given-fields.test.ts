import { describe, expect, it } from 'vitest';
import { pickGiven } from './given-fields.js';

interface Change {
  readonly name?: string | null;
  readonly rank?: string | null;
}

describe('pickGiven', () => {
  it('takes null as a value, and leaves out what was not given', () => {
    const fields = ['name', 'rank'] as const;
    expect(pickGiven<Change, 'name' | 'rank'>({ rank: null }, fields)).toStrictEqual({
      rank: null,
    });
    expect(pickGiven<Change, 'name'>({ name: 'A', rank: 'B' }, ['name'])).toEqual({ name: 'A' });
  });
});
