import { describe, expect, it } from 'vitest';
import {
  findStayingHome,
  hostsOf,
  hostsOn,
  isAbsentFrom,
  missesVisit,
  readAbsences,
} from './group-visits.js';

const may = { id: 'may', startsOn: '2030-05-06' };
const june = { id: 'june', startsOn: '2030-06-03' };
const absent = (visitId: string, from: string) => ({ participantId: 'anna', visitId, from });

describe('missesVisit', () => {
  it('is true from the first day or before, by the recorded departure or else the plan', () => {
    expect(missesVisit(may, '2030-05-06')).toBe(true);
    expect(missesVisit(may, '2030-05-07')).toBe(false);
    expect(missesVisit({ ...may, departedOn: '2030-05-08' }, '2030-05-07')).toBe(true);
    expect(missesVisit({ ...may, departedOn: '2030-05-05' }, '2030-05-06')).toBe(false);
    expect(missesVisit({}, '2030-05-06')).toBe(false);
  });
});

describe('isAbsentFrom', () => {
  it('is true only for that person and that visit', () => {
    const absences = [absent('may', '2030-05-06')];
    expect(isAbsentFrom(may, 'anna', absences)).toBe(true);
    expect(isAbsentFrom(may, 'berta', absences)).toBe(false);
    expect(isAbsentFrom(june, 'anna', absences)).toBe(false);
  });

  it('is false for somebody who left early', () => {
    expect(isAbsentFrom(may, 'anna', [absent('may', '2030-05-07')])).toBe(false);
  });
});

describe('findStayingHome', () => {
  it('finds who misses every visit that is not cancelled', () => {
    const absences = [absent('may', '2030-05-06')];
    expect([...findStayingHome([may], absences)]).toEqual(['anna']);
    expect([...findStayingHome([may, june], absences)]).toEqual([]);
    const cancelled = { ...june, cancelledOn: '2030-01-01' };
    expect([...findStayingHome([may, cancelled], absences)]).toEqual(['anna']);
  });

  it('tells people apart', () => {
    const berta = { ...absent('june', '2030-06-03'), participantId: 'berta' };
    const absences = [absent('may', '2030-05-06'), absent('june', '2030-06-01'), berta];
    expect([...findStayingHome([may, june], absences)]).toEqual(['anna']);
    expect([...findStayingHome([june], absences)].toSorted()).toEqual(['anna', 'berta']);
  });

  it('leaves nobody at home without a visit', () => {
    expect([...findStayingHome([], [absent('may', '2030-05-06')])]).toEqual([]);
  });
});

const hostedBy = (...owners: readonly string[]) => owners.map((owner) => ({ owner }));

describe('hostsOf', () => {
  it('has the police forces that host, without cancelled and unknown visits', () => {
    const visits = [
      { hosts: hostedBy('no', 'ncm', 'nbnp'), cancelledOn: null },
      { hosts: hostedBy('dk'), cancelledOn: '2030-01-01' },
      { hosts: null },
      null,
    ];
    expect([...hostsOf(visits)]).toEqual(['no']);
    expect([...hostsOf(null)]).toEqual([]);
  });
});

describe('hostsOn', () => {
  const visit = { hosts: hostedBy('no', 'ncm'), startsOn: '2030-05-06', endsOn: '2030-05-10' };
  const hosts = (day: string, change: object = {}, group: object = {}) => [
    ...hostsOn({ visits: [{ ...visit, ...change }], ...group }, day),
  ];

  it.each([
    ['30 days before the departure', '2030-04-06', ['no', 'ncm']],
    ['a day earlier', '2030-04-05', []],
    ['long after the planned end, without a return', '2030-08-10', ['no', 'ncm']],
  ])('has the hosts, the offices among them: %s', (_what, day, expected) => {
    expect(hosts(day)).toEqual(expected);
  });

  it('counts from the recorded departure, if there is one', () => {
    const departedOn = '2030-05-04';
    expect(hosts('2030-04-04', { departedOn })).toEqual(['no', 'ncm']);
    expect(hosts('2030-04-03', { departedOn })).toEqual([]);
    expect(hosts('2030-04-06', { departedOn: '2030-05-08' })).toEqual([]);
    expect(hosts('2030-05-06', { startsOn: null })).toEqual([]);
    expect(hosts('2030-05-06', { startsOn: null, departedOn })).toEqual(['no', 'ncm']);
  });

  it('has the hosts of the visits that are near, if there are several', () => {
    const later = { ...visit, hosts: hostedBy('dk'), startsOn: '2031-05-06', endsOn: '2031-05-10' };
    expect([...hostsOn({ visits: [visit, null, later] }, '2030-05-06')]).toEqual(['no', 'ncm']);
    const returned = { ...visit, returnedOn: '2030-05-10' };
    expect([...hostsOn({ visits: [returned, later] }, '2031-05-06')]).toEqual(['dk']);
    expect([...hostsOn({ visits: null }, '2030-05-06')]).toEqual([]);
    expect([...hostsOn({ visits: [{ ...visit, hosts: null }] }, '2030-05-06')]).toEqual([]);
  });

  it('has none after the return, and none of a cancelled visit or group', () => {
    expect(hosts('2030-05-11', { returnedOn: '2030-05-10' })).toEqual([]);
    const cancelled = { cancelledOn: '2030-01-01' };
    expect(hosts('2030-05-06', cancelled)).toEqual([]);
    expect(hosts('2030-05-06', {}, cancelled)).toEqual([]);
  });
});

describe('readAbsences', () => {
  it('reads complete absences of a response, and none of a missing list', () => {
    const complete = { participant: { id: 'anna' }, visit: { id: 'may' }, from: '2030-05-06' };
    const response = [
      complete,
      { ...complete, participant: null },
      { ...complete, visit: null },
      { ...complete, from: null },
      null,
    ];
    expect(readAbsences(response)).toEqual([absent('may', '2030-05-06')]);
    expect(readAbsences(null)).toEqual([]);
  });
});
