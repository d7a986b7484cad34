import { describe, expect, it } from 'vitest';
import { inverses, waysBackOf } from '../../parts/form/undo.ts';
import { bodyForms } from './body-rows.ts';
import { knowledgeForms } from './knowledge-rows.ts';
import { otherForms } from './other-rows.ts';
import { peopleForms } from './people-rows.ts';
import { planningForms } from './planning-rows.ts';

const forms = { ...planningForms, ...otherForms, ...peopleForms, ...bodyForms, ...knowledgeForms };
/** Those that stand on the page of a decision. */
const decisions = ['declineOfficer', 'declineDelegate', 'decideExpertLoan', 'signEvaluation'];
const ofHosts = [
  'offerHosting',
  'offerRegionalHosting',
  'confirmHosting',
  'confirmRegionalHosting',
];

const done = {
  input: {
    grant: true,
    version: 0,
    meetingVersion: 0,
    nomination: 'dk:n',
    person: 'dk:o',
    stop: 'nbnp:s',
  },
  made: 'nbnp:new',
  point: 'nbnp:point',
  group: 'nbnp:g',
  visit: 'nbnp:v',
};

describe('waysBackOf', () => {
  it.each(Object.keys(inverses))('leads from %s to a form that is there', (name) => {
    const href = new URL(waysBackOf(name, done)[0]?.href ?? '', 'http://localhost');
    const known = [...Object.keys(forms), ...decisions, ...ofHosts, 'signOfficeEvaluation'];
    expect(known).toContain(name);
    if (ofHosts.includes(name)) expect(href.searchParams.get('way')).toBe('withdraw');
    else expect(Object.keys(forms)).toContain(href.searchParams.get('form'));
  });

  it('leads back to what was made, to what was decided, and from a change nowhere', () => {
    expect(waysBackOf('addItineraryStop', done)).toEqual([
      { href: '/programme/do?form=removeItineraryStop&id=nbnp%3Anew' },
    ]);
    expect(waysBackOf('declineOfficer', done)).toEqual([
      { href: '/programme/do?form=reopenOfficerNomination&id=nbnp%3Ag&part=dk%3An' },
    ]);
    const changed = { ...done, input: { ...done.input, meetingVersion: 3 } };
    expect(waysBackOf('recordGroupMeeting', changed)).toEqual([]);
    expect(waysBackOf('decideExpertLoan', { ...done, input: { grant: false } })).toEqual([]);
    expect(waysBackOf('scheduleVisit', done)).toEqual([]);
    const point = { ...done, input: { unit: 'dk:u' } };
    expect(waysBackOf('setUnitContactPoint', point)).toEqual([
      { href: '/programme/do?form=removeUnitContactPoint&id=dk%3Au&part=nbnp%3Apoint' },
    ]);
    expect(waysBackOf('setUnitContactPoint', { ...point, point: undefined })).toEqual([]);
  });
});
