import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { readersOf } from '../testing/test-outcomes.js';
import { openTestVisits } from '../testing/test-visits.js';

const decision = { group: 'nbnp:none', officer: 'dk:none', nomination: 'dk:none' };
const date = { id: 'nbnp:none', on: '2030-01-01', version: 1 };

/**
 * Inputs of the right types that break other rules. A caller who may not write must not learn
 * which.
 */
const inputs: Readonly<Record<string, object>> = {
  createProgramme: {
    title: ' ',
    targetGroups: [],
    sectorsToShow: [],
    workingLanguages: [],
    idempotencyKey: '',
  },
  changeProgramme: { programme: 'nbnp:none', title: ' ', version: 1 },
  signEvaluation: { programme: 'nbnp:none', on: '2030-01-01' },
  draftEvaluation: { programme: 'nbnp:none', summary: 'It.', version: 0 },
  withdrawEvaluationSignature: date,
  copyProgramme: { programme: 'nbnp:none', title: ' ', startsOn: '2030', endsOn: '2031' },
  copyGroup: { group: 'nbnp:none', name: ' ', startsOn: '2030-01-01' },
  copyVisit: { visit: 'nbnp:none', group: 'nbnp:none', startsOn: '2030-01-01' },
  createGroup: {
    programme: 'nbnp:none',
    name: 'A group',
    direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
    plannedSize: 3,
  },
  changeGroup: { group: 'nbnp:none', name: 'A name', version: 1 },
  cancelGroup: { group: 'nbnp:none', on: '2030-01-01', reason: 'No time.', version: 1 },
  acceptOfficer: { ...decision, on: '2030-01-01', version: 1 },
  declineOfficer: { ...decision, on: '2030-01-01', version: 1 },
  decideOfficers: { group: 'nbnp:none', on: '2030-01-01', decisions: [] },
  recordAbsence: {
    group: 'nbnp:none',
    visit: 'nbnp:none',
    participant: 'dk:none',
    from: '2030-01-01',
    reason: 'DUTY',
    version: 1,
  },
  recordGroupMeeting: { group: 'nbnp:none', kind: 'BRIEFING', on: '2030-01-01', version: 1 },
  recordGroupAttendance: {
    group: 'nbnp:none',
    kind: 'BRIEFING',
    present: ['dk:none'],
    meetingVersion: 1,
  },
  recordGroupBriefing: date,
  recordGroupDebriefing: date,
  recordEvent: { title: 'An event', kind: 'SEMINAR', organisers: ['nbnp:none'] },
  changeEvent: { event: 'nbnp:none', title: ' ', version: 1 },
  registerOrganisation: {
    name: ' ',
    kind: 'ngo',
    source: 'https://example.org',
    on: '2030-01-01',
  },
  changeOrganisation: {
    organisation: 'nbnp:none',
    source: 'https://example.org',
    on: '2030-01-01',
    version: 1,
  },
  closeOrganisation: {
    organisation: 'nbnp:none',
    source: 'https://example.org',
    on: '2030-01-01',
    version: 1,
  },
  mergeOrganisations: {
    organisation: 'nbnp:none',
    into: 'nbnp:none',
    source: 'https://example.org',
    on: '2030-01-01',
    reason: 'Twice.',
    version: 1,
    intoVersion: 1,
  },
  recordStatement: { kind: 'CONTEXT', text: ' ', source: 'https://example.org', on: '2030-01-01' },
  changeStatement: {
    statement: 'nbnp:none',
    source: 'https://example.org',
    on: '2030-01-01',
    version: 1,
  },
  removeStatement: { statement: 'nbnp:none', reason: ' ', version: 1 },
  recordOutcome: {
    event: 'nbnp:none',
    kind: 'DECISION',
    title: ' ',
    source: 'https://example.org',
    on: '2030-01-01',
  },
  changeOutcome: {
    outcome: 'nbnp:none',
    source: 'https://example.org',
    on: '2030-01-01',
    version: 1,
  },
  removeOutcome: { outcome: 'nbnp:none', reason: ' ', version: 1 },
  recordLink: { about: 'nbnp:none', url: 'https://example.org', on: '2030-01-01' },
  changeLink: { link: 'nbnp:none', on: '2030-01-01', version: 1 },
  removeLink: { link: 'nbnp:none', reason: ' ' },
  changeMembership: {
    country: 'FI',
    source: 'https://example.org',
    on: '2030-01-01',
    version: 1,
  },
  setOrganisationContactPoint: {
    organisation: 'nbnp:none',
    set: { source: 'https://example.org', checkedOn: '2030-01-01' },
  },
  removeOrganisationContactPoint: { organisation: 'nbnp:none', contactPoint: ' ', version: 1 },
  removeEvent: { event: 'nbnp:none', reason: ' ', version: 1 },
};

describe.each(testDatabases)('Mutation on $name', (kind) => {
  it.each(Object.entries(inputs))(
    '%s is only for the network’s co-ordinators: others are refused before the input is checked',
    async (name, input) => {
      await using network = await openTestVisits(kind);
      for (const [reader, identity] of readersOf(['nbnp', 'ncm', 'dk'])) {
        const { code } = await network.refusal(name, { ...input }, identity);
        const isAllowed = reader === 'coordinator of nbnp';
        const expected = isAllowed
          ? expect.stringMatching(/^(BAD_USER_INPUT|NOT_FOUND)$/)
          : 'FORBIDDEN';
        expect.soft(code, `${name} by ${reader}`).toEqual(expected);
      }
      expect(network.asked).toEqual([]);
    },
  );
});
