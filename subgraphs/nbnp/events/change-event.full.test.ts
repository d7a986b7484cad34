import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Representation } from '../entities/representation.entity.js';
import {
  coordinatorOf,
  doneBy,
  insertOrganisation,
  organisation,
  partiesHub,
} from '../testing/test-parties.js';
import { away, openTestVisits, programme, type TestVisits } from '../testing/test-visits.js';

const event = 'nbnp:event';
const part = 'nbnp:part';
const source = 'https://example.org/event';

const toRole = (eventId: string, party: string, role: string, position: number) => ({
  id: `${eventId}/${role}/${party}`,
  eventId,
  partyId: party,
  role,
  position,
  source,
  note: 'Stated.',
});

/** Organised by Estonia and an office, with a part that Estonia organises alone. */
async function insertEvents(network: TestVisits): Promise<void> {
  const blank = { kind: 'SEMINAR', workingLanguages: ['en'], source, searchText: 'a seminar' };
  await network.insert(
    Event,
    {
      ...blank,
      id: event,
      title: 'A seminar',
      startsOn: '2030-03-02',
      country: 'EE',
      firstDay: '2030-03-02',
      lastDay: '2030-03-02',
      participantsValue: 100,
      participantsQualifier: 'ABOUT',
      programmeId: programme,
    },
    { ...blank, id: part, title: 'Its first day', partOfId: event },
  );
  await network.insert(EventCountry, { eventId: event, country: 'EE', position: 0 });
  await network.insert(
    PartyRole,
    toRole(event, 'ee:unit', 'ORGANISER', 0),
    toRole(event, 'ncm:led', 'ORGANISER', 1),
    toRole(event, 'fi:unit', 'HOST', 2),
    toRole(part, 'ee:unit', 'ORGANISER', 0),
  );
  const what = 'the ministry';
  await network.insert(Representation, { id: 'r', eventId: event, position: 0, what, source });
  const claim = { subjectId: event, property: 'startsOn', source };
  await network.insert(
    Claim,
    { ...claim, position: 0, value: '2030-03-02', preferred: true },
    { ...claim, position: 1, value: '2030-03-03', preferred: false },
  );
}

const change = { event, version: 1 };

const selection = `title kind startsOn endsOn venue city country countries aim targetGroup workingLanguages
  note source participants { value qualifier } partOf { id } programme { id } version
  roles { role party { id } source note } represented { what country party { id } source }`;

const organiser = (party: string) => ({ role: 'ORGANISER', party });
const host = (party: string) => ({ role: 'HOST', party });

async function open(kind: Parameters<typeof openTestVisits>[0]): Promise<TestVisits> {
  const network = await openTestVisits(kind, partiesHub);
  await insertOrganisation(network);
  await insertEvents(network);
  return network;
}

describe.each(testDatabases)('Mutation.changeEvent on $name', (kind) => {
  it('changes what is given and keeps the rest, and asks nobody about nothing', async () => {
    await using network = await open(kind);
    const before = await network.read<{ event: object }>(
      `{ event(id: "${event}") { ${selection} } }`,
    );
    const given = { title: 'A seminar in Tartu', city: 'Tartu' };
    expect(await network.done('changeEvent', { ...change, ...given }, selection)).toEqual({
      ...before.event,
      ...given,
      version: 2,
    });
    expect(network.asked).toEqual([]);
    const found = '{ events(filter: { search: "tartu" }) { nodes { id } } }';
    expect(await network.read(found)).toEqual({ events: { nodes: [{ id: event }] } });
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges { nodes { subject mutation fields } } }',
    );
    expect(networkChanges.nodes).toEqual([
      { subject: event, mutation: 'changeEvent', fields: ['city', 'title', 'version'] },
    ]);
  });

  it('changes everything; a role and a representation that stay keep their sources', async () => {
    await using network = await open(kind);
    const given = {
      title: 'A conference',
      kind: 'CONFERENCE',
      startsOn: '2031',
      endsOn: '2031-05',
      venue: 'A hall',
      city: 'Narva',
      aim: 'An aim',
      targetGroup: 'Courts',
      workingLanguages: ['et'],
      note: 'A note',
      source: 'https://example.org/other',
    };
    const changed = await network.done(
      'changeEvent',
      {
        ...change,
        ...given,
        countries: ['EE', 'LV'],
        participants: 120,
        programme: null,
        roles: [organiser(organisation), host('fi:unit')],
        represented: [
          { what: 'the office', party: 'ncm:led' },
          { what: 'the ministry', country: 'LV' },
        ],
      },
      selection,
    );
    expect(changed).toEqual({
      ...given,
      country: null,
      countries: ['EE', 'LV'],
      participants: { value: 120, qualifier: 'EXACT' },
      partOf: null,
      programme: null,
      version: 2,
      roles: [
        { role: 'ORGANISER', party: { id: organisation }, source: null, note: null },
        { role: 'HOST', party: { id: 'fi:unit' }, source, note: 'Stated.' },
      ],
      represented: [
        { what: 'the office', country: null, party: { id: 'ncm:led' }, source: null },
        { what: 'the ministry', country: 'LV', party: null, source },
      ],
    });
    const events = async (filter: string) =>
      (
        await network.read<{ events: { nodes: object[] } }>(
          `{ events(filter: ${filter}) { nodes { id } } }`,
        )
      ).events.nodes;
    expect(await events('{ organiser: "ee:unit", kind: CONFERENCE }')).toEqual([]);
    expect(
      await events(`{ organiser: "${organisation}", country: "LV", from: "2031-05-31" }`),
    ).toEqual([{ id: event }]);
    expect(await events('{ to: "2030-12-31", kind: CONFERENCE }')).toEqual([]);
  });

  it('removes values with null', async () => {
    await using network = await open(kind);
    const none = {
      startsOn: null,
      endsOn: null,
      venue: null,
      city: null,
      country: null,
      aim: null,
      targetGroup: null,
      note: null,
      source: null,
      participants: null,
    };
    const input = { ...change, ...none, workingLanguages: null, represented: null };
    expect(await network.done('changeEvent', input, selection)).toMatchObject({
      ...none,
      countries: null,
      workingLanguages: [],
      represented: [],
    });
  });

  it('keeps how exactly a number that stays is known, and prefers the claim with the new date', async () => {
    await using network = await open(kind);
    const fields = 'startsOn participants { value qualifier } claims { value preferred }';
    const input = { ...change, participants: 100, startsOn: '2030-03-03' };
    expect(await network.done('changeEvent', input, fields)).toEqual({
      startsOn: '2030-03-03',
      participants: { value: 100, qualifier: 'ABOUT' },
      claims: [
        { value: '2030-03-02', preferred: false },
        { value: '2030-03-03', preferred: true },
      ],
    });
  });

  it('moves who is in contact with whom', async () => {
    await using network = await open(kind);
    const contacts = async () =>
      (
        await network.read<{ contacts: { nodes: { parties: { id: string }[] }[] } }>(
          `{ contacts(minimum: 1, filter: { via: [EVENT, REPRESENTATION] }) { nodes { parties { id } } }
             centralities(filter: { via: [EVENT] }) { party { id } } }`,
        )
      ).contacts.nodes.map(({ parties }) => parties.map(({ id }) => id).join(' '));
    expect(await contacts()).toEqual(['ee:unit fi:unit', 'ee:unit ncm:led', 'fi:unit ncm:led']);
    const roles = [organiser('ee:unit'), organiser(organisation)];
    await network.done('changeEvent', { ...change, roles });
    expect(await contacts()).toEqual([`ee:unit ${organisation}`]);
  });

  it.each([
    [{ title: null }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ kind: null }, { code: 'BAD_USER_INPUT', argument: 'input.kind' }],
    [{ roles: null }, { code: 'BAD_USER_INPUT', argument: 'input.roles' }],
    [{ roles: [host('fi:unit')] }, { code: 'BAD_USER_INPUT', argument: 'input.roles' }],
    [{ title: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ endsOn: '2030-03-01' }, { code: 'BAD_USER_INPUT', argument: 'input.endsOn' }],
    [{ startsOn: '1899' }, { code: 'BAD_USER_INPUT', argument: 'input.startsOn' }],
    [{ endsOn: '2101-01-01' }, { code: 'BAD_USER_INPUT', argument: 'input.endsOn' }],
    [{ partOf: event }, { code: 'BAD_USER_INPUT', argument: 'input.partOf' }],
    [{ partOf: part }, { code: 'BAD_USER_INPUT', argument: 'input.partOf' }],
    [{ partOf: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.partOf' }],
    [{ programme: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.programme' }],
    [{ roles: [organiser('ee:none')] }, { code: 'NOT_FOUND', argument: 'input.roles.0.party' }],
    [{ event: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.event' }],
    [{ event: 'nbnp:\0' }, { code: 'NOT_FOUND', argument: 'input.event' }],
    [{ version: 2 }, { code: 'CONFLICT', argument: 'input.version', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await open(kind);
    expect(await network.refusal('changeEvent', { ...change, ...more })).toMatchObject(refusal);
  });

  it('writes nothing when the owner of a party is unavailable', async () => {
    await using network = await openTestVisits(kind, { KnownParties: away('fi') });
    await insertEvents(network);
    const roles = [organiser('ee:unit'), host('fi:unit')];
    expect(await network.refusal('changeEvent', { ...change, roles })).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'fi',
    });
  });

  it('lets one of two simultaneous changes win', async () => {
    await using network = await open(kind);
    const answers = await Promise.all(
      ['one', 'two'].map((title) => network.change('changeEvent', { ...change, title })),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.toSorted()).toEqual(['CONFLICT', undefined]);
  });
});

const forbidden = { code: 'FORBIDDEN', argument: 'input.roles' };

describe.each(testDatabases)('an organiser of an event on $name', (kind) => {
  it('changes it, and the roles of others who do not organise it', async () => {
    await using network = await open(kind);
    const roles = [organiser('ncm:led'), organiser('ee:unit'), host(organisation)];
    expect(await doneBy(network, 'ncm', 'changeEvent', { ...change, roles })).toMatchObject({
      version: 2,
    });
  });

  it('stays among the organisers, and takes out nobody else’s', async () => {
    await using network = await open(kind);
    const ncm = coordinatorOf('ncm');
    for (const roles of [
      [organiser('ee:unit')],
      [organiser('ncm:led')],
      [organiser('ncm:led'), host('ee:unit')],
      [],
    ]) {
      expect(await network.refusal('changeEvent', { ...change, roles }, ncm)).toEqual(forbidden);
    }
  });

  it('loses its right with its role, and nobody else has it', async () => {
    await using network = await open(kind);
    for (const code of ['fi', 'lv', 'ncm']) {
      const input = { event: part, title: ' ', version: 9 };
      expect(await network.refusal('changeEvent', input, coordinatorOf(code))).toEqual({
        code: 'FORBIDDEN',
      });
    }
    await network.done('changeEvent', { ...change, roles: [organiser('ee:unit')] });
    const later = { event, title: 'Mine', version: 2 };
    expect(await network.refusal('changeEvent', later, coordinatorOf('ncm'))).toEqual({
      code: 'FORBIDDEN',
    });
  });
});
