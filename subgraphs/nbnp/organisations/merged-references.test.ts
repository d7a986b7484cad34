import { bothDatabases, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import type { ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { partiesHub as hub } from '../testing/test-parties.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { openTestVisits } from '../testing/test-visits.js';

const steps = fc.array(
  fc.record({
    mutation: fc.constantFrom('register', 'change', 'close', 'merge'),
    which: fc.nat({ max: 5 }),
    other: fc.nat({ max: 5 }),
    name: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
    source: fc.constantFrom('https://example.org/1', 'https://example.org/2'),
  }),
  { minLength: 10, maxLength: 20 },
);

describe.each(testDatabases)('Any order of changes of organisations on $name', (kind) => {
  it.each(fc.sample(steps, { numRuns: 10, seed: 32 }).map((run, index) => ({ run, index })))(
    'leaves no cycle, no twin, no lost value and no reference to what is merged ($index)',
    async ({ run }) => {
      await using network = await openTestVisits(kind, hub);
      const { manager } = network.source;
      const known: string[] = [];
      for (const { mutation, which, other, name, source } of run) {
        const [organisation, into] = [known[which], known[other]];
        const before = await manager.find(Organisation);
        const versionOf = (id = '') => before.find((one) => one.id === id)?.version ?? 1;
        const on = { source, on: '2026-03-01' };
        const version = versionOf(organisation);
        const inputs = {
          register: { name, kind: 'ngo', parent: into ?? null, ...on },
          change: { organisation, name, parent: into ?? null, ...on, version },
          close: { organisation, closedOn: '2020', ...on, version },
          merge: {
            organisation,
            into,
            reason: 'One.',
            ...on,
            version,
            intoVersion: versionOf(into),
          },
        };
        if (mutation !== 'register' && (organisation === undefined || into === undefined)) continue;
        const verb = mutation === 'merge' ? 'mergeOrganisations' : `${mutation}Organisation`;
        const { data, errors } = await network.change(verb, inputs[mutation]);
        const after = await manager.find(Organisation);
        if (errors) {
          expect(errors[0]?.extensions['code'], verb).toMatch(/RULE_VIOLATED|BAD_USER_INPUT/);
          expect(after).toEqual(before);
          continue;
        }
        if (mutation === 'register') known.push(String((data?.['result'] as { id: string }).id));
        const claims = await manager.find(Claim);
        for (const was of before) {
          const is = after.find(({ id }) => id === was.id);
          expect(is?.version).toBeGreaterThanOrEqual(was.version);
          if (is?.name === was.name || is?.source === was.source) continue;
          const own = claims.filter(({ subjectId }) => subjectId === was.id);
          expect(own.map(({ value }) => value)).toContain(was.name);
        }
      }
      const all = await manager.find(Organisation);
      const live = all.filter(({ mergedIntoId }) => mergedIntoId === null);
      const liveIds = new Set(live.map(({ id }) => id));
      expect(new Set(live.map(({ name }) => name)).size).toBe(live.length);
      for (const { mergedIntoId, parentId } of all)
        for (const id of [mergedIntoId, parentId]) if (id !== null) expect(liveIds).toContain(id);
      for (const { id } of live) {
        const above = (one: string) => all.find((row) => row.id === one)?.parentId;
        let [at, count] = [above(id), 0];
        while (at != null && count <= all.length) [at, count] = [above(at), count + 1];
        expect(count).toBeLessThanOrEqual(all.length);
      }
      const { organisations } = await network.read<{ organisations: { nodes: { id: string }[] } }>(
        '{ organisations(first: 1000) { nodes { id } } }',
      );
      const listed = organisations.nodes.map(({ id }) => id);
      expect(listed.toSorted()).toEqual([...liveIds].toSorted());
    },
  );
});

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
    for (const { target, property, primaryColumns } of columns) {
      const rows = await manager.find<ObjectLiteral>(target, { take: 2 });
      const row = rows.find(({ id }) => id !== organisation && id !== into);
      if (!row) empty.push(`${manager.connection.getMetadata(target).tableName}.${property}`);
      else {
        const key = primaryColumns.map(({ propertyName: name }) => [name, row[name] as unknown]);
        const where = Object.fromEntries(key) as ObjectLiteral;
        await manager.update<ObjectLiteral>(target, where, { [property]: organisation });
      }
    }
    expect(empty).toEqual([]);
    const input = { source: 'https://example.org', on: '2026-01-01', reason: 'One.', version: 1 };
    await network.read(
      'mutation ($input: MergeOrganisationsInput!) { mergeOrganisations(input: $input) { id } }',
      { input: { ...input, organisation, into, intoVersion: 1 } },
    );
    for (const { target, property } of columns)
      expect(
        await manager.countBy<ObjectLiteral>(target, { [property]: organisation }),
        `${manager.connection.getMetadata(target).tableName}.${property}`,
      ).toBe(0);
  });
});
