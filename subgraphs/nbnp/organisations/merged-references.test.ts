import { bothDatabases } from '@hub/shared/testing';
import { In, type ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';

/** What a column with the id of a party is called. */
const isParty = (property: string): boolean =>
  /^(party|body|superior|parent|owner|organisation|confirmingOrganisation)Id$/.test(property);

describe.each(bothDatabases)('A merge of organisations on $name', (kind) => {
  it('leaves no reference to the one that goes, in any table', async () => {
    await using network = await openTestNetwork(kind, 'demonstration');
    const { manager, entityMetadatas } = network.source;
    const [organisation, into] = ['nbnp:iacis', 'nbnp:cbss'];
    const desk = { source: 'https://example.org', languages: [], checkedOn: '2026-01-01' };
    await manager.insert(ContactPoint, { ...desk, id: 'nbnp:desk', ownerId: into });
    const programmeId = 'nbnp:mobility-programme-2009-2010';
    const side = { id: 'nbnp:side', programmeId, position: 9 };
    const lists = { countries: ['DK'], regionCodes: [] };
    await manager.insert(Side, { ...side, ...lists, name: 'A side' });
    const party = { programmeId, position: 0, part: 'HOST', partyId: into } as const;
    await manager.insert(SideParty, { ...party, sideId: side.id });
    const columns = entityMetadatas.flatMap(({ target, columns: all, primaryColumns }) =>
      all.flatMap(({ propertyName }) =>
        isParty(propertyName) ? [{ target, property: propertyName, primaryColumns }] : [],
      ),
    );
    expect(columns.length).toBeGreaterThan(8);
    const empty: string[] = [];
    const before = new Map<string, number>();
    for (const { target, property, primaryColumns } of columns) {
      const rows = await manager.find<ObjectLiteral>(target, { take: 2 });
      const row = rows.find(({ id }) => id !== organisation && id !== into);
      if (!row) empty.push(`${manager.connection.getMetadata(target).tableName}.${property}`);
      else {
        const key = primaryColumns.map(({ propertyName: name }) => [name, row[name] as unknown]);
        const where = Object.fromEntries(key) as ObjectLiteral;
        await manager.update<ObjectLiteral>(target, where, { [property]: organisation });
        const { version, id } = row as { version?: number; id?: string };
        if (version !== undefined && id !== undefined) before.set(id, version);
      }
    }
    expect(empty).toEqual([]);
    const input = { source: 'https://example.org', on: '2026-01-01', reason: 'One.', version: 1 };
    await network.read(
      'mutation ($input: MergeOrganisationsInput!) { mergeOrganisations(input: $input) { id } }',
      { input: { ...input, organisation, into, intoVersion: 1 } },
    );
    const { ItineraryStop: stops = [], ...others } = Object.fromEntries(
      await Promise.all(
        [Statement, Organisation, ItineraryStop].map(async (entity) => {
          const rows = await manager.findBy<ObjectLiteral & { id: string; version: number }>(
            entity,
            { id: In([...before.keys()]) },
          );
          return [entity.name, rows.map((row) => row.version - before.get(row.id)!)];
        }),
      ),
    ) as Record<string, number[]>;
    expect(others).toEqual({ Statement: [1], Organisation: [1] });
    // What its host confirmed is the same.
    expect(stops).toEqual([0]);
    for (const { target, property } of columns)
      expect(
        await manager.countBy<ObjectLiteral>(target, { [property]: organisation }),
        `${manager.connection.getMetadata(target).tableName}.${property}`,
      ).toBe(0);
  });
});
