import { describe, expect, it } from 'vitest';
import {
  chooseGroup,
  daysOf,
  findLinks,
  hasEnded,
  isOver,
  nextStop,
  sortVisits,
} from './journey.ts';
import type { JourneyGroup, JourneyStop, JourneyVisit } from './my-journey-query.ts';

const today = '2026-11-24';

const visit = (id: string, change: Partial<JourneyVisit> = {}): JourneyVisit =>
  ({
    id,
    startsOn: '2026-11-23',
    endsOn: '2026-11-27',
    departedOn: null,
    returnedOn: null,
    cancelledOn: null,
    stops: [],
    ...change,
  }) as unknown as JourneyVisit;

const stop = (day: string, from: string | null, to: string | null = null, more: object = {}) =>
  ({ id: `${day} ${from}`, day, from, to, status: 'PLANNED', ...more }) as unknown as JourneyStop;

const group = (id: string, visits: readonly JourneyVisit[], cancelledOn: string | null = null) =>
  ({ id, visits, cancelledOn }) as unknown as JourneyGroup;

const past = { startsOn: '2026-05-04', endsOn: '2026-05-09', returnedOn: '2026-05-09' };
const ahead = { startsOn: '2027-03-01', endsOn: '2027-03-06' };

it('knows by its days that a visit has ended, also if nobody recorded the return', () => {
  expect(hasEnded(visit('unrecorded', { endsOn: '2026-11-23' }), today)).toBe(true);
  expect(hasEnded(visit('last day', { endsOn: today }), today)).toBe(false);
  expect(hasEnded(visit('back early', { returnedOn: '2026-11-22' }), today)).toBe(true);
});

describe('sortVisits', () => {
  it('puts the visit that goes on first, then those ahead, then the latest that is over', () => {
    const visits = [
      visit('older', { ...past, startsOn: '2026-01-01', returnedOn: '2026-01-07' }),
      visit('over', past),
      visit('off', { cancelledOn: '2026-01-01' }),
      visit('ahead', ahead),
      visit('now'),
    ];
    expect(sortVisits(visits, today).map(({ id }) => id)).toEqual([
      'now',
      'ahead',
      'over',
      'older',
    ]);
  });

  it('keeps a visit whose last day has passed in front until its return is recorded on that day', () => {
    const late = visit('late', { endsOn: '2026-11-24' });
    expect(sortVisits([visit('ahead', ahead), late], today)[0]?.id).toBe('late');
  });
});

describe('isOver', () => {
  it('is true of a group that is back from all visits that stand', () => {
    const off = visit('off', { cancelledOn: '2026-01-01' });
    expect(isOver(group('back', [visit('a', past), off]))).toBe(true);
    expect(isOver(group('travels again', [visit('a', past), visit('b', ahead)]))).toBe(false);
    expect(isOver(group('called off', [off]))).toBe(false);
    expect(isOver(group('not planned', []))).toBe(false);
  });
});

describe('chooseGroup', () => {
  const groups = [
    group('gone', [visit('a')], '2026-11-01'),
    group('over', [visit('b', past)]),
    group('later', [visit('c', ahead)]),
    group('now', [visit('d')]),
  ];

  it('shows the group that travels next, unless she has chosen another one of hers', () => {
    expect(chooseGroup(groups, undefined, today)?.id).toBe('now');
    expect(chooseGroup(groups, 'over', today)?.id).toBe('over');
    expect(chooseGroup(groups, 'nbnp:of-others', today)?.id).toBe('now');
    expect(chooseGroup([], undefined, today)).toBeUndefined();
  });

  it('shows a cancelled group after one that has no visit yet', () => {
    const unplanned = group('unplanned', []);
    const gone = group('gone', [], '2026-11-01');
    expect(chooseGroup([gone, unplanned], undefined, today)?.id).toBe('unplanned');
  });
});

describe('nextStop', () => {
  const stops = [
    stop('2026-11-25', null),
    stop('2026-11-24', '13:00', '15:00'),
    stop('2026-11-24', '09:00', '11:00'),
    stop('2026-11-24', '12:00', '12:30', { status: 'CALLED_OFF' }),
  ];
  const at = (now: string) => nextStop(visit('now', { stops }), now)?.id;

  it('is the one that goes on, or else the next one that takes place', () => {
    expect(at('2026-11-24 08:00')).toBe('2026-11-24 09:00');
    expect(at('2026-11-24 10:59')).toBe('2026-11-24 09:00');
    expect(at('2026-11-24 11:01')).toBe('2026-11-24 13:00');
    expect(at('2026-11-25 23:00')).toBe('2026-11-25 null');
    expect(at('2026-11-26 00:01')).toBeUndefined();
  });
});

describe('daysOf', () => {
  it('has each day of the visit, and days of stops outside it', () => {
    const days = { startsOn: '2026-11-30', endsOn: '2026-12-02' };
    expect(daysOf(visit('a', { ...days, stops: [stop('2026-11-29', null)] }))).toEqual([
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
    ]);
    expect(daysOf(visit('a', { startsOn: null, endsOn: null }))).toEqual([]);
    expect(daysOf(visit('a', { startsOn: '2026-01-01', endsOn: '2090-01-01' }))).toHaveLength(60);
  });
});

describe('findLinks', () => {
  it('makes numbers and addresses of a text callable, and leaves the rest', () => {
    expect(findLinks('Kari, +47 77 79 60 00 or kari@example.org.')).toEqual([
      { text: 'Kari, ' },
      { text: '+47 77 79 60 00', href: 'tel:+4777796000' },
      { text: ' or ' },
      { text: 'kari@example.org', href: 'mailto:kari@example.org' },
      { text: '.' },
    ]);
    expect(findLinks('Room 12, at 9.30')).toEqual([{ text: 'Room 12, at 9.30' }]);
  });
});
