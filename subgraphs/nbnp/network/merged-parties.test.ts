import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { partiesHub } from '../testing/test-parties.js';
import { openTestVisits, programme, type TestHub } from '../testing/test-visits.js';

/** A unit that was merged into another one since records named it. */
const [went, stays] = ['fi:unit', 'ee:unit'];
const eventId = 'nbnp:event';

const hub: TestHub = {
  ...partiesHub,
  KnownParties: (variables, ...given) => {
    const known = partiesHub['KnownParties']?.(variables, ...given) as Record<
      string,
      { readonly id: string } | null
    >;
    return Object.fromEntries(
      Object.entries(known).map(([field, party]) => [
        field,
        party?.id === went ? { ...party, mergedInto: { id: stays } } : party,
      ]),
    );
  },
};

const merged = (argument: string) => ({ code: 'RULE_VIOLATED', rule: 'MERGED', argument });
const toRole = (role: string, party: string) => ({ role, party });

describe.each(testDatabases)('a party that was merged on $name', (kind) => {
  const open = async () => {
    const network = await openTestVisits(kind, hub);
    const event = { id: eventId, title: 'A seminar', kind: 'SEMINAR', searchText: 'a seminar' };
    await network.insert(Event, { ...event, workingLanguages: [] });
    const role = { role: 'HOST', partyId: went, position: 0 };
    await network.insert(
      PartyRole,
      { id: 'nbnp:one', eventId, ...role },
      { id: 'nbnp:two', programmeId: programme, ...role },
    );
    const represented = { id: 'nbnp:three', eventId, position: 0, what: 'the police' };
    await network.insert(Representation, { ...represented, partyId: went });
    const outcome = { id: 'nbnp:outcome', eventId, kind: 'PROJECT', title: 'A project' };
    await network.insert(Outcome, outcome);
    await network.insert(OutcomeMandate, { outcomeId: outcome.id, partyId: went, position: 0 });
    return network;
  };
  const stated = { source: 'https://example.org/', on: '2026-01-01' };
  const ofProgramme = { programme, version: 1 };
  const ofEvent = { event: eventId, version: 1 };
  const ofOutcome = { outcome: 'nbnp:outcome', version: 1, ...stated };

  it.each([
    ['changeProgramme', { ...ofProgramme, roles: [toRole('HOST', went)] }],
    ['changeEvent', { ...ofEvent, roles: [toRole('HOST', went), toRole('HOST', stays)] }],
    ['changeEvent', { ...ofEvent, represented: [{ what: 'the police', party: went }] }],
    ['changeOutcome', { ...ofOutcome, mandated: [stays, went] }],
  ])('stays where %s names it again', async (mutation, input) => {
    await using network = await open();
    expect(await network.done(mutation, input, 'version')).toEqual({ version: 2 });
  });

  it.each([
    ['changeProgramme', { ...ofProgramme, roles: [toRole('PARTNER', went)] }, 'roles.0.party'],
    ['changeEvent', { ...ofEvent, roles: [toRole('PARTNER', went)] }, 'roles.0.party'],
    [
      'changeEvent',
      { ...ofEvent, represented: [{ what: 'it', party: went }] },
      'represented.0.party',
    ],
  ])('is refused where %s names it anew', async (mutation, input, argument) => {
    await using network = await open();
    expect(await network.refusal(mutation, input)).toMatchObject(merged(`input.${argument}`));
  });
});
