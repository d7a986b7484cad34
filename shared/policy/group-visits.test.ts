import { describe, expect, it } from 'vitest';
import { findStayingHome, missesVisit, readAbsences } from './group-visits.js';

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

describe('findStayingHome', () => {
  it('finds who misses every visit that is not cancelled', () => {
    const absences = [absent('may', '2030-05-06')];
    expect([...findStayingHome([may], absences)]).toEqual(['anna']);
    expect([...findStayingHome([may, june], absences)]).toEqual([]);
    const cancelled = { ...june, cancelledOn: '2030-01-01' };
    expect([...findStayingHome([may, cancelled], absences)]).toEqual(['anna']);
  });

  it('leaves nobody at home without a visit', () => {
    expect([...findStayingHome([], [absent('may', '2030-05-06')])]).toEqual([]);
  });
});

describe('readAbsences', () => {
  it('reads complete absences of a response, and none of a missing list', () => {
    const complete = { participant: { id: 'anna' }, visit: { id: 'may' }, from: '2030-05-06' };
    const response = [complete, { ...complete, participant: null }, null];
    expect(readAbsences(response)).toEqual([absent('may', '2030-05-06')]);
    expect(readAbsences(null)).toEqual([]);
  });
});
