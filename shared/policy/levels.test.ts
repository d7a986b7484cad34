import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../identity/reader.js';
import { type Role, roles } from '../identity/token.js';
import type { PartnerContext } from './context/partner-context.js';
import { commonLevels, recordedLevels } from './levels.js';
import { open } from './type-policy.js';

const readerOf = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: 'somebody',
  role,
  purpose: undefined,
});

/** Which of anonymous, `dk` and another organisation’s callers read a level: `dk auditor`. */
function whoReads(level: string): string[] {
  const people = ['dk', 'no'].flatMap((organisation) =>
    roles.map((role) => ({
      name: `${organisation} ${role}`,
      reader: readerOf(organisation, role),
    })),
  );
  return [{ name: 'anonymous', reader: anonymous }, ...people]
    .filter(({ reader }) => {
      const context = { reader, partner: 'dk' } as PartnerContext;
      return commonLevels[level]?.decide(undefined, context, {}) === true;
    })
    .map(({ name }) => name);
}

const everybodyVouchedFor = ['dk', 'no'].flatMap((code) => roles.map((role) => `${code} ${role}`));

describe('the levels that every type may use', () => {
  it.each([
    ['open', ['anonymous', ...everybodyVouchedFor]],
    ['signedIn', everybodyVouchedFor],
    ['peopleList', everybodyVouchedFor.filter((name) => !name.endsWith('analyst'))],
    ['disclosures', ['dk auditor', 'no auditor']],
    ['changes', everybodyVouchedFor.filter((name) => /coordinator|auditor|service/.test(name))],
    ['ownChanges', ['dk coordinator', 'dk auditor', 'dk service']],
    ['coordinator', ['dk coordinator']],
    ['ownFile', ['dk coordinator']],
    ['participantAccess', ['dk coordinator', 'dk auditor', 'dk service']],
    ['liaison', ['dk coordinator', 'dk liaison']],
  ])('%s are for the callers in the table of access rights', (level, readers) => {
    expect(whoReads(level)).toEqual(readers);
  });

  it.each(Object.entries(commonLevels))('say who reads them: %s', (level, { readers }) => {
    const organisations = readers.includes('this organisation') ? ['dk'] : ['dk', 'no'];
    const words = { coordinator: 'co-ordinators', liaison: 'liaisons', auditor: 'auditors' };
    const named = Object.entries(words).flatMap(([role, word]) =>
      readers.includes(word) ? organisations.map((code) => `${code} ${role}`) : [],
    );
    // Servers are not named: they read what their organisation’s co-ordinators read.
    const reading = whoReads(level).filter((name) => !name.endsWith('service'));
    if (readers === 'everybody') expect(reading).toContain('anonymous');
    else if (readers === 'signed-in callers of every organisation and role') {
      expect(whoReads(level)).toEqual(everybodyVouchedFor);
    } else expect(reading.toSorted()).toEqual(named.toSorted());
  });

  it('are these fourteen', () => {
    expect(Object.keys(commonLevels).toSorted()).toEqual(
      [
        'open',
        'signedIn',
        'peopleList',
        'disclosures',
        'changes',
        'ownChanges',
        'erasures',
        'coordinator',
        'liaison',
        'ownReadings',
        'ownFile',
        'files',
        'participantAccess',
        'readings',
      ].toSorted(),
    );
  });
});

describe('the levels that are recorded', () => {
  it('are those that concern a person or a journey', () => {
    expect([...recordedLevels].toSorted()).toEqual([
      'formalities',
      'identity',
      'itinerary',
      'ownFile',
      'ownReadings',
      'report',
      'shared',
      'tasks',
      'travelNeeds',
    ]);
    expect(recordedLevels.has(open)).toBe(false);
  });
});
