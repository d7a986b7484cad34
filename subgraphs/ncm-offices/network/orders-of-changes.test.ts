// cspell:ignore Liepāja
import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { Office, sameOffice } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { openWrittenOffices, type MutationName } from '../testing/test-mutations.js';

const sources = [1, 2, 3].map((number) => `https://example.org/${number}`);
const given = fc.record(
  {
    name: fc.constantFrom('A', 'B', 'C', 'D'),
    city: fc.constantFrom('Riga', 'Rīga', 'Liepāja'),
    note: fc.constantFrom('One', 'Two', null),
    openedOn: fc.constantFrom('2001', '2003-05', '2004-01-01', null),
    variants: fc.subarray(['X', 'Y', 'Z']),
    parent: fc.nat({ max: 3 }),
  },
  { requiredKeys: [] },
);
const steps = fc.array(
  fc.record({
    mutation: fc.constantFrom<MutationName>(
      'registerOffice',
      'registerOffice',
      'changeOffice',
      'changeOffice',
      'closeOffice',
      'mergeOffices',
      'mergeOffices',
      'setCoverage',
    ),
    which: fc.nat({ max: 3 }),
    apart: fc.integer({ min: 1, max: 3 }),
    region: fc.constantFrom('RU-KR', 'RU-MUR'),
    source: fc.constantFrom(...sources),
    closedOn: fc.constantFrom('2000', '2002-02', '2005-05-05', null),
    given,
  }),
  { minLength: 8, maxLength: 20 },
);

/** No record refers to an office that was merged, and no two that stand are the same. */
async function expectWhole(manager: EntityManager): Promise<void> {
  const all = await manager.find(Office);
  const standing = all.filter(({ mergedIntoId }) => mergedIntoId === null);
  const regions = await manager.find(Region);
  const named = all
    .flatMap((office) => [office.parentId, office.mergedIntoId])
    .concat(regions.map(({ officeId }) => officeId))
    .filter((id) => id !== null);
  const ids = standing.map(({ id }) => id);
  for (const id of named) expect(ids).toContain(id);
  const keys = standing.map((office) => sameOffice.keyOf(office));
  expect(new Set(keys).size).toBe(standing.length);
  for (const { id } of all) {
    const above = (one: string) => all.find((office) => office.id === one)?.parentId;
    let [at, steps] = [above(id), 0];
    while (at != null && steps <= all.length) [at, steps] = [above(at), steps + 1];
    expect(steps).toBeLessThanOrEqual(all.length);
  }
}

const valuesOf = (office: Office): readonly string[] =>
  [office.name, office.city, office.note, office.openedOn, office.closedOn, office.parentId]
    .concat(office.variants)
    .flatMap((value) => (value === null ? [] : [value]));

describe.each(testDatabases)('Any order of changes of offices on $name', (database) => {
  it.each(fc.sample(steps, { numRuns: 16, seed: 32 }).map((run, index) => ({ run, index })))(
    'loses nothing that a source states ($index)',
    async ({ run }) => {
      await using offices = await openWrittenOffices(database);
      const { manager } = offices.partner.source;
      const ids: string[] = [];
      for (const { mutation, which, source, closedOn, given: some, ...step } of run) {
        const office = ids[which % Math.max(ids.length, 1)] ?? 'ncm:rix';
        const before = await manager.find(Office);
        const was = before.find(({ id }) => id === office);
        const { parent, ...details } = some;
        const named = { ...details, ...(parent !== undefined && { parent: ids[parent] ?? null }) };
        const on = { source, on: '2010-01-11' };
        const into = before.find(
          ({ id }) => id === ids[(which + step.apart) % Math.max(ids.length, 1)],
        );
        const covered = await manager.findOneByOrFail(Region, { code: step.region });
        const inputs: Partial<Record<MutationName, object>> = {
          registerOffice: {
            name: 'A',
            city: 'Riga',
            kind: 'OFFICE',
            country: 'LV',
            ...named,
            ...on,
          },
          changeOffice: { office, ...named, ...on, version: was?.version },
          closeOffice: { office, closedOn, ...on, version: was?.version },
          mergeOffices: {
            office,
            into: into?.id ?? office,
            reason: 'One.',
            ...on,
            version: was?.version,
            intoVersion: into?.version ?? was?.version,
          },
          setCoverage: { region: step.region, office, ...on, version: covered.version },
        };
        const { value, refusal } = await offices.call(mutation, { ...inputs[mutation] });
        const after = await manager.find(Office);
        if (refusal) {
          expect(after).toEqual(before);
          continue;
        }
        await expectWhole(manager);
        if (mutation === 'setCoverage') {
          const { officeId, coverageSource } = covered;
          if (officeId === null || officeId === office) continue;
          if (coverageSource === null || coverageSource === source) continue;
          const claim = { officeId, property: 'covers', value: step.region };
          expect(await manager.countBy(Claim, { ...claim, source: coverageSource })).toBe(1);
          continue;
        }
        const { id } = value as { id: string };
        if (mutation === 'mergeOffices') {
          const gone = after.find((one) => one.id === office);
          const [mergedIntoId, version] = [into?.id, (was?.version ?? 0) + 1];
          const { parentId } = gone ?? {};
          expect(gone).toEqual({ ...was, mergedIntoId, version, parentId });
          const claim = { officeId: office, property: 'mergedInto', value: mergedIntoId ?? '' };
          expect(await manager.countBy(Claim, { ...claim, source, preferred: true })).toBe(1);
          continue;
        }
        const is = after.find((one) => one.id === id);
        if (!was || mutation === 'registerOffice') {
          ids.push(id);
          continue;
        }
        expect(is?.version).toBe(was.version + 1);
        if (was.source === source || is === undefined) continue;
        const kept = (await manager.findBy(Claim, { officeId: id })).map((claim) => claim.value);
        for (const one of valuesOf(was)) expect([...valuesOf(is), ...kept]).toContain(one);
      }
    },
  );
});
