import { describe, expect, it } from 'vitest';
import { findLastDay, type Travellers } from './journeys.js';

const travellers = {
  field: 'officer',
  selection: 'acceptedOn declinedOn',
  isStanding: ({ acceptedOn, declinedOn }) => acceptedOn !== null && declinedOn === null,
} as Travellers;

const visit = (startsOn: string | null, endsOn: string | null, more = {}) => ({
  startsOn,
  endsOn,
  returnedOn: null,
  cancelledOn: null,
  ...more,
});
const accepted = { acceptedOn: '2027-01-01', declinedOn: null };
const nominated = (visits: readonly object[], more = {}, group = {}) => ({
  ...accepted,
  ...more,
  group: { cancelledOn: null, visits, ...group },
});

const read = (...nominations: (object | null)[]) =>
  findLastDay(
    { askHub: () => Promise.resolve({ officer: { nominations } }) },
    travellers,
    'dk:o',
    '2027-02-01',
  );

describe('the last day of a person’s access', () => {
  const back = { returnedOn: '2027-04-01' };
  it.each<[string, string | null, (object | null)[]]>([
    [
      '30 days after the return',
      '2027-05-01',
      [nominated([visit('2027-03-01', '2027-03-30', back)])],
    ],
    [
      '60 days after the last planned day until then',
      '2027-05-29',
      [nominated([visit('2027-03-01', '2027-03-30')])],
    ],
    [
      '60 days after the first day if no other is planned',
      '2027-04-30',
      [nominated([visit('2027-03-01', null)])],
    ],
    [
      '90 days after the invitation if no day is planned',
      '2027-05-02',
      [nominated([visit(null, null)])],
    ],
    ['90 days after the invitation without a visit', '2027-05-02', [nominated([])]],
    [
      'the latest of several journeys',
      '2027-07-30',
      [
        nominated([visit('2027-03-01', '2027-03-30', back), visit('2027-05-01', '2027-05-31')]),
        nominated([]),
      ],
    ],
    [
      'not that of a cancelled visit',
      '2027-05-02',
      [nominated([visit('2028-03-01', '2028-03-30', { cancelledOn: '2027-01-02' })])],
    ],
    [
      '30 days after its group was cancelled',
      '2027-02-01',
      [nominated([visit('2027-03-01', '2027-03-30')], {}, { cancelledOn: '2027-01-02' })],
    ],
    ['nothing for a nominee', null, [nominated([], { acceptedOn: null })]],
    ['nothing for somebody who was released', null, [nominated([], { declinedOn: '2027-01-02' })]],
    ['nothing without a group', null, [null, { ...accepted, group: null }]],
  ])('is %s', async (_what, expected, nominations) => {
    expect(await read(...nominations)).toBe(expected);
  });

  it('is nothing for an unknown person, and unknown while the hub is down', async () => {
    const ask = (askHub: Parameters<typeof findLastDay>[0]['askHub']) =>
      findLastDay({ askHub }, travellers, 'dk:o', '2027-02-01');
    expect(await ask(() => Promise.resolve({ officer: null }))).toBeNull();
    await expect(ask(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
  });
});
