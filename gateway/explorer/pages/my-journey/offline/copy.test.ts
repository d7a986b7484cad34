import { describe, expect, it } from 'vitest';
import { renewCopy } from './copy.ts';

type Copy = Parameters<typeof renewCopy>[1];

const hourMs = 3_600_000;
const now = Date.parse('2026-12-01T12:00:00Z');

const stop = { id: 'stop', address: 'Oslo 1', status: 'PLANNED', statusReason: null };
const visit = { id: 'visit', cancelledOn: null, cancelReason: null, stops: [stop] };
const group = { id: 'group', cancelledOn: null, cancelReason: null, visits: [visit] };
const ticket = { kind: 'TICKET', status: 'RECEIVED' };

const copy = (
  isComplete: boolean,
  more: { group?: object; hoursAgo?: number; person?: string; formalities?: object[] | null } = {},
) =>
  ({
    person: more.person ?? 'dk:her',
    savedAt: now - (more.hoursAgo ?? 0) * hourMs,
    data: {
      me: { id: 'dk:her', groups: [more.group ?? group] },
      formalities: more.formalities ?? null,
    },
    completeness: { complete: isComplete, partners: {} },
  }) as unknown as Copy;

/** The hosts are away, so that their part of the visit is missing. */
const part = { ...group, visits: null };
const whole = copy(true, { hoursAgo: 30, formalities: [ticket] });

describe('renewCopy', () => {
  it('keeps a whole journey rather than a newer part of it, as long as it can be read', () => {
    expect(renewCopy(whole, copy(false, { group: part }))).toEqual(whole);
    const ofEarlierPage: Copy = { person: whole.person, savedAt: whole.savedAt, data: whole.data };
    expect(renewCopy(ofEarlierPage, copy(false))).toEqual(ofEarlierPage);
    const { savedAt } = renewCopy(copy(true, { hoursAgo: 73 }), copy(false));
    expect(savedAt).toBe(now);
  });

  it('replaces what is kept by all of it, by another person’s, and a part by a newer part', () => {
    const [all, newer] = [copy(true), copy(false, { formalities: [ticket] })];
    expect(renewCopy(undefined, newer)).toBe(newer);
    expect(renewCopy(whole, all)).toBe(all);
    expect(renewCopy(copy(false, { hoursAgo: 1 }), newer)).toBe(newer);
    const hers = copy(false, { person: 'fi:other' });
    expect(renewCopy(whole, hers)).toBe(hers);
  });

  it.each([
    [
      'a stop',
      { stops: [{ ...stop, address: null, status: 'CALLED_OFF', statusReason: 'Snow.' }] },
      { stops: [{ ...stop, status: 'CALLED_OFF', statusReason: 'Snow.' }] },
    ],
    [
      'a visit',
      { cancelledOn: '2026-12-01', cancelReason: 'Snow.', stops: null },
      { cancelledOn: '2026-12-01', cancelReason: 'Snow.' },
    ],
  ])('takes over from a part that %s was called off', (_what, read, expected) => {
    const partly = copy(false, { group: { ...group, visits: [{ ...visit, ...read }] } });
    const [{ visits } = {}] = renewCopy(whole, partly).data.me.groups;
    expect(visits).toEqual([{ ...visit, ...expected }]);
  });

  it('takes over from a part that the group was cancelled, and keeps nothing of its journey', () => {
    const cancelled = { ...part, cancelledOn: '2026-12-01', cancelReason: 'No host was found.' };
    const renewed = renewCopy(whole, copy(false, { group: cancelled }));
    expect(renewed.data.me.groups).toEqual([cancelled]);
  });
});
