import { describe, expect, it } from 'vitest';
import { doesConsentHold, type VisitPlan } from './plans.js';

const days = ['2030-05-05', '2030-05-06', '2030-05-07', '2030-05-10', '2030-05-11', '2030-05-12'];
const given: VisitPlan = {
  fromVersion: 1,
  startsOn: '2030-05-06',
  endsOn: '2030-05-11',
  hostCountries: ['FI', 'RU'],
};

const owners: Readonly<Record<string, string>> = { FI: 'fi', RU: 'ncm', LV: 'ncm', PL: 'nbnp' };

/** A visit with these plans, and the hosts of the last one. */
const of = (...plans: readonly VisitPlan[]) => ({
  version: 5,
  plans,
  hosts: (plans.at(-1)?.hostCountries ?? []).map((country) => ({
    country,
    owner: owners[country] ?? '',
  })),
});

describe('doesConsentHold', () => {
  it.each(
    days.flatMap((startsOn) =>
      days.filter((endsOn) => endsOn >= startsOn).map((endsOn) => ({ startsOn, endsOn })),
    ),
  )('holds exactly within the days that it was given for: $startsOn to $endsOn', (moved) => {
    // Nobody consented to 5 and 12 May.
    const isOutside = [moved.startsOn, moved.endsOn].some((day) => /-05$|-12$/.test(day));
    const plans = [given, { ...given, ...moved, fromVersion: 4 }];
    for (const version of [null, 1, 2, 3])
      expect(doesConsentHold(of(...plans), version)).toBe(!isOutside);
    // Given for the present days.
    for (const version of [4, 5]) expect(doesConsentHold(of(...plans), version)).toBe(true);
  });

  it('does not come back with the old days', () => {
    const away = { ...given, fromVersion: 2, endsOn: '2030-05-12' };
    const plans = [given, away, { ...given, fromVersion: 3 }];
    expect([1, 2, 3].map((version) => doesConsentHold(of(...plans), version))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('ends for a host whose country hosts no more, and not for the others', () => {
    const plans = [given, { ...given, fromVersion: 2, hostCountries: ['RU'] }];
    expect(doesConsentHold(of(...plans), 1, 'fi')).toBe(false);
    expect(doesConsentHold(of(...plans), 1, 'ncm')).toBe(true);
    expect(doesConsentHold(of(...plans), 1)).toBe(true);
  });

  it('holds for the offices while they host in some country', () => {
    const hostIn = (...hostCountries: string[]) => ({ ...given, fromVersion: 2, hostCountries });
    expect(doesConsentHold(of(given, hostIn('RU', 'LV')), 1, 'ncm')).toBe(true);
    expect(doesConsentHold(of(given, hostIn('FI', 'PL')), 1, 'ncm')).toBe(false);
    // Meanwhile they hosted nowhere.
    const without = [given, hostIn('FI'), { ...hostIn('RU'), fromVersion: 3 }];
    expect(doesConsentHold(of(...without), 1, 'ncm')).toBe(false);
    expect(doesConsentHold(of(...without), 3, 'ncm')).toBe(true);
  });

  it('does not cover days that are planned only later', () => {
    const undated = { ...given, startsOn: null, endsOn: null };
    expect(doesConsentHold(of(undated, { ...given, fromVersion: 2 }), 1)).toBe(false);
    expect(doesConsentHold(of(undated, { ...undated, fromVersion: 2 }), 1)).toBe(true);
  });

  it('stands as it was given if nobody knows the visit', () => {
    expect(doesConsentHold(null, null, 'fi')).toBe(true);
  });

  it.each([of(), { version: 5, plans: null }])(
    'does not hold for a visit without plans',
    (visit) => {
      expect(doesConsentHold(visit, null, 'fi')).toBe(false);
    },
  );

  it('is none if it was given for a version that the visit does not have any more', () => {
    expect([4, 5, 6, 7].map((version) => doesConsentHold(of(given), version))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('does not depend on the order in which the plans are listed', () => {
    const longer = { ...given, fromVersion: 2, endsOn: '2030-05-12' };
    for (const plans of [
      [given, longer],
      [longer, given],
    ])
      expect([1, 2].map((version) => doesConsentHold(of(...plans), version))).toEqual([
        false,
        true,
      ]);
  });
});
