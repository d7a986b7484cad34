import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Organisation } from '../entities/organisation.entity.js';
import { away, openTestVisits, programme, type TestVisits } from '../testing/test-visits.js';

const organisation = 'nbnp:organisation';

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

const known = ['ee:unit', 'ncm:led'];

/** The parties of other owners, as the hub finds each of them. */
const hub = {
  KnownParties: (variables: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.values(variables).map((id, index) => [
        `f${index}`,
        known.includes(String(id)) || /^dk:unit-\d+$/.test(String(id)) ? { id } : null,
      ]),
    ),
};

const insertOrganisation = (network: TestVisits) =>
  network.insert(Organisation, {
    id: organisation,
    name: 'An organisation',
    variants: [],
    kind: 'ngo',
    searchText: 'an organisation',
  });

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
    const unknown = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });
    const refused: readonly (readonly [more: object, refusal: unknown])[] = [
      [{ title: ' ' }, bad('input.title')],
      [{ venue: '' }, bad('input.venue')],
      [{ city: 'a\0b' }, bad('input.city')],
      [{ startsOn: '2030-10-03' }, bad('input.endsOn')],
      [{ organisers: [] }, bad('input.organisers')],
      [{ organisers: ['ee:unit', 'ee:unit'] }, bad('input.organisers')],
      ...['nbnp:none', 'ee:none', 'ncm:none', 'ru:unit', 'nobody', 'ee:\0', 'nbnp:\0'].map(
        (id) => [{ organisers: ['ee:unit', id] }, unknown('input.organisers')] as const,
      ),
      [{ programme: 'nbnp:none' }, unknown('input.programme')],
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
