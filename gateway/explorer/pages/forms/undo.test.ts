import { describe, expect, it } from 'vitest';
import { inverses, undoOf } from '../../parts/form/undo.ts';
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
  group: 'nbnp:g',
  visit: 'nbnp:v',
};

describe('undoOf', () => {
  it.each(Object.keys(inverses))('leads from %s to a form that is there', (name) => {
    const href = new URL(undoOf(name, done) ?? '', 'http://localhost');
    const known = [...Object.keys(forms), ...decisions, ...ofHosts, 'signOfficeEvaluation'];
    expect(known).toContain(name);
    if (ofHosts.includes(name)) expect(href.searchParams.get('way')).toBe('withdraw');
    else expect(Object.keys(forms)).toContain(href.searchParams.get('form'));
  });

  it('leads back to what was made, to what was decided, and from a change of a meeting nowhere', () => {
    expect(undoOf('addItineraryStop', done)).toBe(
      '/programme/do?form=removeItineraryStop&id=nbnp%3Anew',
    );
    expect(undoOf('declineOfficer', done)).toBe(
      '/programme/do?form=reopenOfficerNomination&id=nbnp%3Ag&part=dk%3An',
    );
    const changed = { ...done, input: { ...done.input, meetingVersion: 3 } };
    expect(undoOf('recordGroupMeeting', changed)).toBeUndefined();
    expect(undoOf('decideExpertLoan', { ...done, input: { grant: false } })).toBeUndefined();
    expect(undoOf('scheduleVisit', done)).toBeUndefined();
  });
});
