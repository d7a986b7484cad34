import { type ImportKind } from '@hub/shared/import';
// cspell:ignore SJÖRÄDD
import { codes } from '@hub/shared/policy';
import {
  createTestImport,
  importOutcome,
  sqlite,
  testDatabases,
  type ImportRow,
} from '@hub/shared/testing';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { links, representations, roles } from './import-event-parts.js';
import {
  contactPoints,
  importKinds,
  journeys,
  organisations,
  outcomes,
  statements,
} from './import-kinds.js';

const load = createTestImport(importKinds, codes.networkCode);

const desk = {
  id: 'nbnp:desk',
  ownerId: 'nbnp:iacis',
  mailbox: 'desk@example.org',
  telephone: '+371 6707 5000',
  languages: ['en'],
  source: 'https://example.org/contact',
  checkedOn: '2026-01-01',
};

describe.each(testDatabases)('npm run import of the network on $name', (kind) => {
  it('finds nothing to change in the events that the server started with', async () => {
    await using network = await openTestNetwork(kind, 'demonstration');
    const countries = await network.source
      .getRepository(EventCountry)
      .find({ order: { position: 'ASC' } });
    const rows = (await network.source.getRepository(Event).find()).map((row) => ({
      ...row,
      participants: row.participantsValue,
      partOf: row.partOfId,
      programme: row.programmeId,
      countries: countries
        .filter(({ eventId }) => eventId === row.id)
        .map(({ country }) => country),
    }));
    expect(rows.length).toBeGreaterThan(20);
    expect(await load(network, 'events', rows)).toEqual(importOutcome(0, 0, rows.length));
  });

  it('finds nothing to change in what the sources say about them', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { manager } = network.source;
    await manager.insert(ContactPoint, desk);
    const listed = async <Entity extends ObjectLiteral>(
      entity: EntityTarget<Entity>,
      owner: string,
      value: string,
    ) => {
      const found = await manager.find<ObjectLiteral>(entity, { order: { position: 'ASC' } });
      return (id: string) => found.filter((row) => row[owner] === id).map((row) => row[value]);
    };
    const countries = await listed(StatementCountry, 'statementId', 'country');
    const mandated = await listed(OutcomeMandate, 'outcomeId', 'partyId');
    const roleRows = (await manager.find(PartyRole)).filter(({ eventId }) => eventId !== null);
    const files: readonly (readonly [ImportKind, readonly object[]])[] = [
      [
        statements,
        (await manager.find(Statement)).map((row) =>
          Object.assign(row, { countries: countries(row.id) }),
        ),
      ],
      [
        outcomes,
        (await manager.find(Outcome)).map((row) =>
          Object.assign(row, { mandated: mandated(row.id) }),
        ),
      ],
      [organisations, await manager.find(Organisation)],
      [contactPoints, await manager.find(ContactPoint)],
      [representations, await manager.find(Representation)],
      [links, await manager.find(Link)],
      [journeys, await manager.find(PlannedJourney)],
      [roles, roleRows.map((row, index) => Object.assign(row, { id: `role-${index}` }))],
    ];
    for (const [file, rows] of files) {
      // A reference is the column without `Id`.
      const named = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name.replace(/Id$/, ''), value]),
        ),
      );
      const result = await load(network, file.name, named);
      expect.soft(result, file.name).toEqual(importOutcome(0, 0, rows.length));
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  it('imports what sources say into a running server', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const source = 'https://example.org/report';
    const event = 'mp-final';
    const files: readonly (readonly [ImportKind, ImportRow])[] = [
      [
        statements,
        { id: 's', event, kind: 'need', text: 'More is needed.', countries: ['LV'], source },
      ],
      [
        outcomes,
        {
          id: 'o',
          event,
          kind: 'report',
          title: 'A report',
          mandated: ['ncm:led', 'nbnp:nbnp'],
          source,
        },
      ],
      [
        representations,
        {
          id: 'r',
          event,
          position: 100,
          what: 'Latvian police',
          country: 'LV',
          party: 'lv:police',
          source,
        },
      ],
      [links, { id: 'l', event, position: 100, url: source, label: 'The report' }],
      [roles, { id: 'x', event, position: 100, role: 'funder', party: 'nbnp:ncm', source }],
      [
        journeys,
        {
          id: 'j',
          programme: 'mobility-programme-2009-2010',
          position: 100,
          direction: 'north west russia to nordic',
          weeks: 2,
          destination: 'Latvia',
        },
      ],
    ];
    for (const [file, row] of files)
      expect
        .soft(await load(network, file.name, [row]), file.name)
        .toMatchObject({ added: 1, faults: [] });
    const answer = await network.read<{ event: Record<string, ImportRow[]> }>(`{
      statements(filter: { search: "more is NEEDED" }) { nodes { id kind countries source } }
      event(id: "nbnp:mp-final") { outcomes { title mandated { id } } represented { what party { id } } links { label }
        roles(role: FUNDER) { party { id } source } }
      programme(id: "nbnp:mobility-programme-2009-2010") { plannedJourneys { weeks destination } } }`);
    expect(answer).toMatchObject({
      statements: { nodes: [{ id: 'nbnp:s', kind: 'NEED', countries: ['LV'], source }] },
      event: {
        outcomes: [{ title: 'A report', mandated: [{ id: 'ncm:led' }, { id: 'nbnp:nbnp' }] }],
        roles: [{ party: { id: 'nbnp:ncm' }, source }],
      },
      programme: { plannedJourneys: [{}, {}, { weeks: 2, destination: 'Latvia' }] },
    });
    expect(answer.event['represented']?.at(-1)).toEqual({
      what: 'Latvian police',
      party: { id: 'lv:police' },
    });
    expect(answer.event['links']?.at(-1)).toEqual({ label: 'The report' });
  });

  it('imports events into a running server, with all columns that filters use', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const added = await load(network, 'events', [
      {
        id: 'part',
        title: 'Sjöräddning',
        kind: 'seminar part',
        startsOn: '2031-02',
        countries: ['FI', 'SE'],
        participants: 18,
        participantsQualifier: 'exact',
        workingLanguages: ['sv', 'en'],
        partOf: 'whole',
      },
      { id: 'whole', title: 'Whole', kind: 'SEMINAR', startsOn: '2031', countries: ['FI'] },
    ]);
    expect(added).toEqual(importOutcome(2, 0, 0));
    const found = '{ nodes { id } }';
    expect(
      await network.read(`{
        event(id: "nbnp:part") { title kind startsOn country countries participants { value qualifier } workingLanguages partOf { id country } }
        search: events(filter: { search: "SJÖRÄDD" }) ${found}
        country: events(filter: { country: "SE", from: "2031-01-01" }) ${found}
        from: events(filter: { from: "2031-02-28", to: "2031-02-28" }) ${found}
      }`),
    ).toEqual({
      event: {
        title: 'Sjöräddning',
        kind: 'SEMINAR_PART',
        startsOn: '2031-02',
        country: null,
        countries: ['FI', 'SE'],
        participants: { value: 18, qualifier: 'EXACT' },
        workingLanguages: ['sv', 'en'],
        partOf: { id: 'nbnp:whole', country: 'FI' },
      },
      search: { nodes: [{ id: 'nbnp:part' }] },
      country: { nodes: [{ id: 'nbnp:part' }] },
      from: { nodes: [{ id: 'nbnp:whole' }, { id: 'nbnp:part' }] },
    });
  });

  it('makes no real event a part of an invented one, and leaves each what it is', async () => {
    await using network = await openTestNetwork(kind, 'demonstration');
    const of = (id: string, more: object) => ({ id, title: id, kind: 'SEMINAR', ...more });
    const programme = 'demo-programme';
    const invented = of('invented', { programme });
    const partOf = 'invented';
    const real = 'must not be of a rehearsal, because this row is not';
    // The whole may come after its part.
    expect(await load(network, 'events', [of('part', { partOf }), invented])).toMatchObject({
      faults: [`row 2, column partOf: ${real}`],
    });
    const documented = { partOf, programme: 'mobility-programme-2009-2010' };
    const rows = [invented, of('of-it', { partOf, programme }), of('real', {})];
    expect(await load(network, 'events', rows)).toEqual(importOutcome(3, 0, 0));
    expect(await load(network, 'events', [of('part', documented)])).toMatchObject({
      faults: [`row 2, column partOf: ${real}`],
    });
    // Nobody asks here whether the parties of an event are invented.
    const turned = [of('invented', {}), of('real', { programme })];
    expect(await load(network, 'events', turned)).toMatchObject({
      faults: [
        'row 2, column programme: must stay a rehearsal',
        'row 3, column programme: must not become a rehearsal',
      ],
    });
  });
});

describe('npm run import of the network', () => {
  it('refuses values that contradict each other', async () => {
    await using network = await openTestNetwork(sqlite, 'facts');
    const event = { id: 'x', title: 'X', kind: 'SEMINAR', programme: 'nowhere', participants: 1 };
    const far = { id: 'y', title: 'Y', kind: 'SEMINAR', startsOn: '1899', endsOn: '2101-01-01' };
    expect(await load(network, 'events', [far])).toMatchObject({
      faults: [
        'row 2, column startsOn: must be of a year between 1900 and 2100',
        'row 2, column endsOn: must be of a year between 1900 and 2100',
      ],
    });
    expect(
      await load(network, 'events', [{ ...event, startsOn: '2010-05', endsOn: '2010-04-30' }]),
    ).toMatchObject({
      faults: [
        'row 2, column endsOn: is before startsOn',
        'row 2, column participantsQualifier: must be given together with participants',
        'row 2, column programme: refers to an unknown programme',
      ],
    });
  });

  it('refuses a statement with two subjects, a link without a subject, and an invalid party', async () => {
    await using network = await openTestNetwork(sqlite, 'facts');
    const source = 'https://example.org';
    const statement = { id: 's', kind: 'aim', text: 'An aim', source, primaryRole: 'transit' };
    expect(
      await load(network, 'statements', [{ ...statement, event: 'mp-1', organisation: 'ncm' }]),
    ).toMatchObject({
      faults: [
        'row 2, column event: is a second subject',
        'row 2, column primaryRole: is not one of traffickingRoles',
      ],
    });
    expect(await load(network, 'links', [{ id: 'l', position: 1, url: source }])).toMatchObject({
      faults: ['row 2, column event: or organisation: exactly one is required'],
    });
    const role = { id: 'r', event: 'mp-1', position: 1, role: 'host' };
    // No country has the code, and a partner of another kind has a longer one.
    for (const party of ['somebody', 'zz:1', 'Prosecutors:1'])
      expect(await load(network, 'roles', [{ ...role, party }])).toMatchObject({
        faults: ['row 2, column party: is not the id of a party'],
      });
    const ofLaterKind = [{ ...role, party: 'prosecutors:oslo' }];
    expect(await load(network, 'roles', ofLaterKind)).toEqual(importOutcome(1, 0, 0));
  });
});
