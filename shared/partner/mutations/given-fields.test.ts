import { describe, expect, it } from 'vitest';
import { pickGiven, refuseNull } from './given-fields.js';

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

describe('BAD_USER_INPUT', () => {
  it('names the field that must keep a value', () => {
    expect(() => refuseNull<Change>({ name: null, rank: null }, ['rank'])).toThrow(
      expect.objectContaining({
        message: '`rank` must not be null. Leave it out to keep its value.',
        extensions: { code: 'BAD_USER_INPUT', argument: 'input.rank' },
      }),
    );
  });

  it('accepts a field that was not given', () => {
    expect(() => refuseNull<Change>({ name: 'A' }, ['name', 'rank'])).not.toThrow();
  });
});
