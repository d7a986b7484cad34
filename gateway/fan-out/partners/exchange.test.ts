import { describe, expect, it } from 'vitest';
import { describeRefusal, describeSkew } from './exchange.js';

/** The reasons in `shared/identity/wire-format.md`. */
const reasons = [
  'UNSIGNED',
  'PARTNER',
  'DIGEST',
  'CLOCK',
  'KEY',
  'SIGNATURE',
  'NONCE',
  'ASSERTION',
];
const now = Date.parse('2026-11-24T12:00:00Z');
const dateAhead = (seconds: number) => ({ date: new Date(now + seconds * 1_000).toUTCString() });

describe('describeRefusal', () => {
  it.each(reasons)(
    'repeats the reason that a partner states, if the wire format has it: %s',
    (reason) => {
      expect(describeRefusal({ ...dateAhead(0), 'hub-refusal': reason }, { now })).toBe(
        `HTTP 401, ${reason}`,
      );
    },
  );

  it.each([undefined, '', 'clock', 'SQL: select *', ['KEY', 'CLOCK']])(
    'ignores a reason that the wire format does not have: %j',
    (said) => {
      const headers = { ...dateAhead(0), ...(said !== undefined && { 'hub-refusal': said }) };
      expect(describeRefusal(headers, { now })).toBe('HTTP 401');
    },
  );

  it('adds by how much the clocks differ', () => {
    expect(describeRefusal({ ...dateAhead(-20), 'hub-refusal': 'CLOCK' }, { now })).toBe(
      'HTTP 401, CLOCK, its clock is 20 s behind',
    );
  });
});

describe('describeSkew', () => {
  it.each([
    [7, 'its clock is 7 s ahead'],
    [20, 'its clock is 20 s ahead'],
    [-7, 'its clock is 7 s behind'],
    [-400, 'its clock is 400 s behind'],
  ])('reports a difference of %i s', (seconds, text) => {
    expect(describeSkew(dateAhead(seconds), { now })).toBe(text);
  });

  it.each([0, 5, -5, -6])(
    'ignores %i s: the tolerance, and a second that the header does not show',
    (seconds) => {
      expect(describeSkew(dateAhead(seconds), { now })).toBeUndefined();
    },
  );

  it.each([{}, { date: 'today' }, { date: '' }])('ignores %j', (headers) => {
    expect(describeSkew(headers, { now })).toBeUndefined();
  });

  it('ignores that this process was stopped between the request and its response', () => {
    const stopped = { now, sentAt: now - 60_000 };
    expect(describeSkew(dateAhead(-59), stopped)).toBeUndefined();
    expect(describeSkew(dateAhead(0), stopped)).toBeUndefined();
    expect(describeSkew(dateAhead(-80), stopped)).toBe('its clock is 20 s behind');
    expect(describeSkew(dateAhead(20), stopped)).toBe('its clock is 20 s ahead');
  });
});
