import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  coordinatorOf,
  doneBy,
  partiesHub as hub,
  insertOrganisation,
  organisation,
} from '../testing/test-parties.js';
import { away, openTestVisits, programme } from '../testing/test-visits.js';

const event = {
  title: 'Séminaire à Tallinn',
  kind: 'SEMINAR',
  startsOn: '2030-09',
  endsOn: '2030-10-02',
  venue: 'A house',
  city: 'Tallinn',
  country: 'EE',
  organisers: ['ee:unit', organisation, 'ncm:led'],
  programme,
  source: 'https://example.org/seminar',
};

const find = (filter: string) => `{ events(filter: ${filter}) { nodes { id } } }`;

describe.each(testDatabases)('Mutation.recordEvent on $name', (kind) => {
  it('records an event that queries then return', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const recorded = await network.done(
      'recordEvent',
      event,
      `id title kind startsOn endsOn durationDays venue city country countries source workingLanguages claims { value }
       roles { role party { __typename id } } programme { id } participants { value } partOf { id } parts { id }`,
    );
    const { organisers, programme: _, ...told } = event;
    expect(recorded).toEqual({
      ...told,
      id: expect.stringMatching(/^nbnp:/) as unknown,
      durationDays: null,
      countries: ['EE'],
      workingLanguages: [],
      claims: [],
      roles: organisers.map((id) => ({
        role: 'ORGANISER',
        party: {
          id,
          __typename: { 'ee:unit': 'PoliceUnit', 'ncm:led': 'Office' }[id] ?? 'Organisation',
        },
      })),
      programme: { id: programme },
      participants: null,
      partOf: null,
      parts: [],
    });
    const found = { events: { nodes: [{ id: recorded['id'] }] } };
    for (const filter of [
      '{ search: "SÉMINAIRE" }',
      '{ country: "EE" }',
      '{ organiser: "ee:unit" }',
      `{ programme: "${programme}" }`,
      '{ from: "2030-10-02", to: "2030-10" }',
      '{ from: "2030-09-01", to: "2030-09-01" }',
    ])
      expect.soft(await network.read(find(filter)), filter).toEqual(found);
    const none = { events: { nodes: [] } };
    expect(await network.read(find('{ from: "2030-10-03" }'))).toEqual(none);
  });

  it('records all that an event has', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const { id: whole } = await network.done('recordEvent', event);
    const { country: _, ...part } = event;
    const more = {
      countries: ['EE', 'FI'],
      aim: 'To agree on one telephone number.',
      targetGroup: 'Police',
      workingLanguages: ['en', 'et'],
      participants: 40,
      note: 'Behind closed doors.',
      partOf: whole,
    };
    const recorded = await network.done(
      'recordEvent',
      {
        ...part,
        ...more,
        organisers: ['ee:unit'],
        roles: [
          { role: 'ORGANISER', party: 'ee:unit' },
          { role: 'HOST', party: 'fi:unit' },
          { role: 'FUNDER', party: organisation },
        ],
        represented: [
          { what: 'the ministry', country: 'FI' },
          { what: 'the office', party: 'ncm:led' },
        ],
      },
      `country countries aim targetGroup workingLanguages note partOf { id } participants { value qualifier }
       roles { role party { id } source } represented { what country party { id } source } version`,
    );
    expect(recorded).toEqual({
      ...more,
      country: null,
      participants: { value: 40, qualifier: 'EXACT' },
      partOf: { id: whole },
      roles: [
        { role: 'ORGANISER', party: { id: 'ee:unit' }, source: null },
        { role: 'HOST', party: { id: 'fi:unit' }, source: null },
        { role: 'FUNDER', party: { id: organisation }, source: null },
      ],
      represented: [
        { what: 'the ministry', country: 'FI', party: null, source: null },
        { what: 'the office', country: null, party: { id: 'ncm:led' }, source: null },
      ],
      version: 1,
    });
    expect(network.asked).toEqual(['KnownParties', 'KnownParties']);
  });

  it('finds it by its aim and its note', async () => {
    await using network = await openTestVisits(kind, hub);
    const { id } = await network.done('recordEvent', {
      ...event,
      organisers: ['ee:unit'],
      aim: 'One telephone',
      note: 'Doors',
    });
    for (const search of ['TELEPHONE', 'doors'])
      expect(await network.read(find(`{ search: "${search}" }`))).toEqual({
        events: { nodes: [{ id }] },
      });
  });

  it('is for every organisation that is among the organisers, and records who it was', async () => {
    await using network = await openTestVisits(kind, hub);
    const own = { title: 'A meeting', kind: 'MEETING' };
    const recorded = await doneBy(network, 'ncm', 'recordEvent', {
      ...own,
      organisers: ['ee:unit', 'ncm:led'],
    });
    await doneBy(network, 'fi', 'recordEvent', {
      ...own,
      organisers: ['ee:unit'],
      roles: [{ role: 'ORGANISER', party: 'fi:unit' }],
    });
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges { nodes { organisation mutation subject } } }',
    );
    expect(networkChanges.nodes.at(-1)).toEqual({
      organisation: 'ncm',
      mutation: 'recordEvent',
      subject: recorded['id'],
    });
    const host = { role: 'HOST', party: 'fi:unit' };
    const input = { ...own, title: ' ', organisers: ['ee:unit', 'ncm:led'], roles: [host] };
    for (const code of ['fi', 'lv'])
      expect(await network.refusal('recordEvent', input, coordinatorOf(code))).toEqual({
        code: 'FORBIDDEN',
      });
  });

  it('records it once for each idempotency key, and sends no request about its own organisations', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const keyed = {
      title: 'A meeting',
      kind: 'MEETING',
      organisers: [organisation],
      idempotencyKey: 'k',
    };
    const answers = await Promise.all([1, 2, 3].map(() => network.done('recordEvent', keyed)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await network.read(find('{ search: "a meeting" }'))).toMatchObject({
      events: { nodes: { length: 1 } },
    });
  });

  it('accepts many organisers', async () => {
    await using network = await openTestVisits(kind, hub);
    const organisers = Array.from({ length: 60 }, (_, index) => `dk:unit-${index}`);
    const { roles } = await network.done(
      'recordEvent',
      { ...event, organisers },
      'roles { party { id } }',
    );
    expect(roles).toEqual(organisers.map((id) => ({ party: { id } })));
  });

  it('refuses invalid values and unknown ids, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertOrganisation(network);
    const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    const host = { role: 'HOST', party: 'fi:unit' };
    const unknown = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });
    const refused: readonly (readonly [more: object, refusal: unknown])[] = [
      [{ title: ' ' }, bad('input.title')],
      [{ venue: '' }, bad('input.venue')],
      [{ city: 'a\0b' }, bad('input.city')],
      [{ startsOn: '2030-10-03' }, bad('input.endsOn')],
      [{ startsOn: '1899-12-31', endsOn: null }, bad('input.startsOn')],
      [{ endsOn: '2101' }, bad('input.endsOn')],
      [{ organisers: [] }, bad('input.organisers')],
      [{ organisers: ['ee:unit', 'ee:unit'] }, bad('input.organisers')],
      ...['nbnp:none', 'ee:none', 'ncm:none', 'ru:unit', 'nobody', 'ee:\0', 'nbnp:\0'].map(
        (id) => [{ organisers: ['ee:unit', id] }, unknown('input.organisers.1')] as const,
      ),
      [{ programme: 'nbnp:none' }, unknown('input.programme')],
      [{ partOf: 'nbnp:none' }, unknown('input.partOf')],
      [{ aim: ' ' }, bad('input.aim')],
      [{ targetGroup: '' }, bad('input.targetGroup')],
      [{ note: 'a\0b' }, bad('input.note')],
      [{ participants: 0 }, bad('input.participants')],
      [{ workingLanguages: ['en', 'en'] }, bad('input.workingLanguages')],
      [{ countries: ['EE', 'FI'] }, bad('input.country')],
      [{ country: null, countries: ['EE', 'EE'] }, bad('input.countries')],
      [{ roles: [host, host] }, bad('input.roles')],
      [{ roles: [{ ...host, party: 'fi:none' }] }, unknown('input.roles.0.party')],
      [{ roles: [{ ...host, party: 'nbnp:none' }] }, unknown('input.roles.0.party')],
      [{ represented: [{ what: ' ' }] }, bad('input.represented.0.what')],
      [{ represented: [{ what: 'x', party: 'ee:none' }] }, unknown('input.represented.0.party')],
    ];
    for (const [more, refusal] of refused) {
      const found = await network.refusal('recordEvent', { ...event, ...more });
      expect.soft(found, JSON.stringify(more)).toEqual(refusal);
    }
  });

  it('writes nothing when the owner of an organiser is unavailable', async () => {
    await using network = await openTestVisits(kind, { KnownParties: away('ee') });
    await insertOrganisation(network);
    expect(await network.refusal('recordEvent', event)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ee',
    });
  });
});
