import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import words from '../../words/record/en.json' with { type: 'json' };
import { deedOf, isDoneForTask, nounOf, nounOfFields } from './nouns.ts';

const schemaFile = new URL('../../generated/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const texts: Readonly<Record<string, string>> = words.record;

/** What a server records without a mutation. */
const commands = ['import', 'loadDemonstration', 'removeRehearsals', 'runRetention', 'eraseAgain'];

it('has words for what each mutation does, and about what', () => {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(100);
  const unnamed = mutations.filter((name) => nounOf(name) === 'records');
  expect(unnamed).toEqual([]);
  const silent = [...mutations, ...commands].filter(
    (name) => !texts[`deeds_${deedOf(name)}`] || !texts[`nouns_${nounOf(name)}`],
  );
  expect(silent).toEqual([]);
  // Nothing falls back to a verb that says something else.
  const changes = mutations.filter((name) => deedOf(name) === 'changed');
  expect(
    changes.filter((name) => !/^(change|set|move|reschedule|correct)[A-Z]/.test(name)),
  ).toEqual([]);
});

it('finds what tasks ask for, and nothing that takes it back or is something else', () => {
  const asked =
    'nominateOfficer scheduleVisit copyVisit addItineraryStop acceptOfficer declineDelegate confirmStop ' +
    'confirmRegionalStop decideExpertLoan offerHosting confirmRegionalHosting withdrawHosting changeVisit ' +
    'assignExpert releaseExpert recordOfficerFormality recordDelegateFormalities recordGroupMeeting ' +
    'recordDelegatesBriefing recordDeparture recordReturn handInOfficerReport draftEvaluation signOfficeEvaluation';
  expect(asked.split(' ').filter((name) => !isDoneForTask(name))).toEqual([]);
  const others =
    'withdrawOfficer removeGroupMeeting changeGroup addEventRole recordEvent reopenOfficerNomination eraseOfficer';
  expect(others.split(' ').filter(isDoneForTask)).toEqual([]);
});

it('says what a rehearsal adds, by the fields of the record', () => {
  const told = [
    ['day', 'hostCountry', 'sector', 'title'],
    ['endsOn', 'hostCountries', 'startsOn'],
    ['acceptedOn', 'decisionVersion', 'group', 'officer'],
    ['email', 'languages', 'name'],
  ].map(nounOfFields);
  expect(told).toEqual(['stop', 'visit', 'nomination', 'person']);
  expect(told.filter((noun) => !texts[`many_${noun}`])).toEqual([]);
});
