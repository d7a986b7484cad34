import { describe, expect, it } from 'vitest';
import { checkRange } from './check-range.js';

describe('checkRange', () => {
  it.each([
    ['2009-09-14', '2009-09-13'],
    ['2010', '2009'],
    ['2009-10', '2009-09-30'],
    ['2009-09-13T10:00:00Z', '2009-09-13T09:59:59Z'],
    // An hour earlier, although the text sorts later.
    ['2009-09-13T10:00:00Z', '2009-09-13T11:00:00+02:00'],
  ])('refuses a range from %s to %s by its end', (start, end) => {
    const refusal = expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: { code: 'BAD_USER_INPUT', argument: 'filter.to' },
    }) as Error;
    expect(() => checkRange(start, end, 'filter.to')).toThrow(refusal);
  });

  it.each([
    ['2009-09-13', '2009-09-13'],
    ['2009-09-30', '2009-09'],
    ['2009-12-31', '2009'],
    ['2009', '2009-01-01'],
    ['2009-09-13T11:00:00+02:00', '2009-09-13T09:00:00Z'],
    [null, '2009'],
    ['2009', undefined],
  ])('accepts one from %s to %s', (start, end) => {
    expect(() => checkRange(start, end, 'filter.to')).not.toThrow();
  });
});
