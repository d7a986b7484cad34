import { describe, expect, it } from 'vitest';
import { consentsOf, endingBy, plansAfter, stopsOutside } from './reschedule.tsx';
import type { PageStop, PageVisit } from './visit-query.ts';

/** Planned from the 4th to the 13th, then shortened to the 6th to the 11th by version 3. */
const visit = {
  version: 5,
  startsOn: '2030-05-06',
  endsOn: '2030-05-11',
  hostCountries: ['FI', 'RU'],
  plans: [
    { fromVersion: 1, startsOn: '2030-05-04', endsOn: '2030-05-13', hostCountries: ['FI', 'RU'] },
    { fromVersion: 3, startsOn: '2030-05-06', endsOn: '2030-05-11', hostCountries: ['FI', 'RU'] },
  ],
  experts: [
    { id: 'nbnp:early', status: 'LENT', loanGrantedVersion: 1 },
    { id: 'nbnp:late', status: 'LENT', loanGrantedVersion: 4 },
    { id: 'nbnp:asked', status: 'REQUESTED', loanGrantedVersion: null },
    { id: 'nbnp:refused', status: 'REFUSED', loanGrantedVersion: null },
    { id: 'nbnp:unknown', status: null, loanGrantedVersion: null },
  ],
  hostings: [
    { id: 'fi:unrecorded', status: 'CONFIRMED', confirmedVersion: null },
    { id: 'fi:offered', status: 'OFFERED', confirmedVersion: 1 },
    { id: 'fi:withdrawn', status: 'WITHDRAWN', confirmedVersion: 3 },
  ],
  regionalHostings: [{ id: 'ncm:late', status: 'CONFIRMED', confirmedVersion: 3 }],
  stops: ['PLANNED', 'HELD', 'CALLED_OFF', 'NOT_HELD'].flatMap((status) =>
    ['06', '11'].map((day) => ({ id: `${status} ${day}`, day: `2030-05-${day}`, status })),
  ),
} as unknown as PageVisit;

const idsEndingBy = (startsOn: string, endsOn: string): string[] =>
  endingBy(consentsOf(visit), plansAfter(visit, { startsOn, endsOn })).map((consent) =>
    'offer' in consent ? consent.offer.id : consent.assignment.id,
  );

describe('what a move puts back', () => {
  const given = ['nbnp:early', 'fi:unrecorded'];
  const toPresentDays = ['nbnp:late', 'ncm:late'];

  it.each([
    ['2030-05-06', '2030-05-11', []],
    ['2030-05-07', '2030-05-10', []],
    // Within the first plan, to which some have agreed, and not within the present one.
    ['2030-05-05', '2030-05-11', toPresentDays],
    ['2030-05-04', '2030-05-13', toPresentDays],
    ['2030-05-03', '2030-05-11', [...given, ...toPresentDays]],
    ['2030-05-06', '2030-05-14', [...given, ...toPresentDays]],
    ['2031-05-06', '2031-05-11', [...given, ...toPresentDays]],
  ])('to %s–%s is each consent to other days: %j', (startsOn, endsOn, ended) => {
    expect(idsEndingBy(startsOn, endsOn).toSorted()).toEqual(ended.toSorted());
  });
});

describe('stopsOutside', () => {
  it('has the stops that count, and those alone', () => {
    const idsOutside = (startsOn: string, endsOn: string) =>
      stopsOutside(visit, { startsOn, endsOn }).map(({ id }: PageStop) => id);
    expect(idsOutside('2030-05-06', '2030-05-11')).toEqual([]);
    expect(idsOutside('2030-05-07', '2030-05-11')).toEqual(['PLANNED 06', 'HELD 06']);
    expect(idsOutside('2030-05-06', '2030-05-10')).toEqual(['PLANNED 11', 'HELD 11']);
  });
});
