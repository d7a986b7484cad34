import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { insertOrganisation, organisation, partiesHub } from '../testing/test-parties.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { away, north, openTestVisits, programme, south } from '../testing/test-visits.js';

const change = { programme, version: 1 };
const lead = { role: 'LEAD', party: organisation };

const selection = `title startsOn endsOn plannedGroups sectorsToShow workingLanguages version
  areasToInvolve { code } statements { kind text source } roles { role party { id } }
  plannedJourneys { direction weeks destination }`;

describe.each(testDatabases)('Mutation.changeProgramme on $name', (kind) => {
  it('changes what is given, keeps the rest, and null removes a value', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    await insertOrganisation(network);
    const given = {
      title: 'A longer programme',
      startsOn: '2029-12',
      endsOn: '2032',
      plannedGroups: 4,
      sectorsToShow: ['NGO', 'POLICE'],
      workingLanguages: ['en'],
    };
    const journey = { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 1, destination: 'Norway' };
    const lists = {
      aims: ['To see.', 'To meet.'],
      areasToInvolve: ['RU-ARK'],
      roles: [lead],
      plannedJourneys: [journey],
    };
    const changed = await network.done(
      'changeProgramme',
      { ...change, ...given, ...lists },
      selection,
    );
    const toAim = (text: string) => ({ kind: 'AIM', text, source: 'https://nbnp.ee/' });
    expect(changed).toEqual({
      ...given,
      areasToInvolve: [{ code: 'RU-ARK' }],
      statements: lists.aims.map(toAim),
      roles: [{ role: 'LEAD', party: { id: organisation } }],
      plannedJourneys: [journey],
      version: 2,
    });
    const kept = { ...change, aims: ['To see more.', 'To see.'], version: 2 };
    expect(await network.done('changeProgramme', kept, selection)).toEqual({
      ...changed,
      statements: ['To see more.', 'To see.'].map(toAim),
      version: 3,
    });
    const none = {
      startsOn: null,
      endsOn: null,
      plannedGroups: null,
      aims: null,
      areasToInvolve: null,
      roles: null,
      plannedJourneys: null,
    };
    const removed = { ...change, ...none, version: 3 };
    expect(await network.done('changeProgramme', removed, selection)).toEqual({
      ...changed,
      startsOn: null,
      endsOn: null,
      plannedGroups: null,
      areasToInvolve: null,
      statements: [],
      roles: [],
      plannedJourneys: [],
      version: 4,
    });
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges { nodes { subject fields } } }',
    );
    expect(networkChanges.nodes.slice(1)).toEqual([
      { subject: programme, fields: ['statements', 'version'] },
      expect.objectContaining({ subject: programme }),
    ]);
  });

  it('keeps the sources of aims and journeys that stay, and what groups of a direction see', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const id = 'nbnp:mobility-programme-2009-2010';
    const stated = `statements(kind: AIM) { text source place countries } plannedJourneys { direction weeks destination source }
      north: sectorsFor(direction: NORTH_WEST_RUSSIA_TO_NORDIC) south: sectorsFor(direction: NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA)`;
    interface Stated {
      readonly statements: readonly { readonly text: string }[];
      readonly plannedJourneys: readonly { readonly source?: string }[];
      readonly north: readonly string[];
      readonly south: readonly string[];
    }
    const { before } = await network.read<{ before: Stated }>(
      `{ before: programme(id: "${id}") { ${stated} } }`,
    );
    const sectorsToShow = ['COURT', 'NGO', 'POLICE'];
    const { data } = await network.ask(
      `mutation ($input: ChangeProgrammeInput!) { after: changeProgramme(input: $input) { ${stated} } }`,
      {
        input: {
          programme: id,
          version: 1,
          sectorsToShow,
          aims: [...before.statements.map(({ text }) => text), 'Another aim.'],
          plannedJourneys: before.plannedJourneys.map(({ source: _, ...journey }) => journey),
        },
      },
    );
    const added = { text: 'Another aim.', source: 'https://nbnp.ee/', place: null, countries: [] };
    expect(data?.['after']).toEqual({
      statements: [...before.statements, added],
      plannedJourneys: before.plannedJourneys,
      north: sectorsToShow,
      south: ['COURT', 'POLICE'],
    });
  });

  it.each([
    [{ title: null }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ sectorsToShow: null }, { code: 'BAD_USER_INPUT', argument: 'input.sectorsToShow' }],
    [{ workingLanguages: null }, { code: 'BAD_USER_INPUT', argument: 'input.workingLanguages' }],
    [{ title: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ plannedGroups: 0 }, { code: 'BAD_USER_INPUT', argument: 'input.plannedGroups' }],
    [{ aims: ['a', 'a'] }, { code: 'BAD_USER_INPUT', argument: 'input.aims' }],
    [{ startsOn: '2032' }, { code: 'BAD_USER_INPUT', argument: 'input.startsOn' }],
    [{ endsOn: '2029' }, { code: 'BAD_USER_INPUT', argument: 'input.endsOn' }],
    [{ roles: [lead] }, { code: 'NOT_FOUND', argument: 'input.roles.0.party' }],
    [{ areasToInvolve: ['RU-MOS'] }, { code: 'NOT_FOUND', argument: 'input.areasToInvolve.0' }],
    [{ programme: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.programme' }],
    [{ version: 2 }, { code: 'CONFLICT', argument: 'input.version', currentVersion: 1 }],
    // Both visits take place from 6 to 11 May 2030.
    [{ startsOn: '2030-05-07' }, { rule: 'OUTSIDE_PROGRAMME', argument: 'input.startsOn' }],
    [{ endsOn: '2030-05-10' }, { rule: 'OUTSIDE_PROGRAMME', argument: 'input.endsOn' }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind, partiesHub);
    const refused = await network.refusal('changeProgramme', { ...change, ...more });
    expect(refused).toMatchObject(refusal);
  });

  it('lets the years shrink to what is planned, without what was cancelled', async () => {
    await using network = await openTestVisits(kind);
    await network.done('changeProgramme', {
      ...change,
      startsOn: '2030-05-06',
      endsOn: '2030-05-11',
    });
    await network.update(Visit, north.visit, { cancelledOn: '2030-05-01' });
    await network.update(Group, south.group, { cancelledOn: '2030-05-01' });
    await network.done('changeProgramme', { ...change, endsOn: '2030-05-06', version: 2 });
    await network.insert(GroupMeeting, {
      groupId: 'nbnp:south-2',
      kind: 'BRIEFING',
      on: '2030-05-06',
    });
    const earlier = { ...change, startsOn: '2030', endsOn: '2030-05-05', version: 3 };
    expect(await network.refusal('changeProgramme', earlier)).toMatchObject({
      rule: 'OUTSIDE_PROGRAMME',
      argument: 'input.endsOn',
    });
  });

  it('refuses a programme whose evaluation the network has signed', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2031-01-01' });
    expect(await network.refusal('changeProgramme', { ...change, title: 'A title' })).toMatchObject(
      {
        rule: 'EVALUATED',
        argument: 'input.programme',
      },
    );
  });

  it('writes nothing when an owner is unavailable', async () => {
    await using network = await openTestVisits(kind, { KnownRegions: away('ncm') });
    const far = { ...change, areasToInvolve: ['RU-MUR'] };
    expect(await network.refusal('changeProgramme', far)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
  });

  it('lets one of two simultaneous changes win', async () => {
    await using network = await openTestVisits(kind);
    const answers = await Promise.all(
      ['one', 'two'].map((title) => network.change('changeProgramme', { ...change, title })),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.toSorted()).toEqual(['CONFLICT', undefined]);
  });
});
