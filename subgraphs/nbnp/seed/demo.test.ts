import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';
import { findMissingSectors } from '../visits/find-missing-sectors.js';
import { decisions, visits } from './demo-plan.js';

describe('the demonstration’s plan', () => {
  it('has as many accepted officers as the groups are planned for', () => {
    const accepted = decisions.map(({ group, accepted }) => [
      group,
      Object.values(accepted).flat().length,
    ]);
    expect(accepted).toEqual([
      [2, 11],
      [4, 12],
    ]);
  });

  it('shows police, prosecution, social and voluntary institutions in five to seven days', () => {
    for (const { startsOn, endsOn, stops } of visits) {
      const days = (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 + 1;
      expect(days >= 5 && days <= 7).toBe(true);
      expect(stops.length).toBeLessThanOrEqual(days);
      const shown = stops.map(({ sector }) => sector);
      expect(
        findMissingSectors(['POLICE', 'PROSECUTION', 'SOCIAL', 'HEALTH', 'NGO'], shown),
      ).toEqual([]);
    }
  });
});

describe.each(testDatabases)('the demonstration on $name', (kind) => {
  it('is marked in every id, and adds no event, organisation or unit', async () => {
    await using facts = await openTestNetwork(kind, 'facts');
    await using demonstration = await openTestNetwork(kind);
    const own = demonstration.source.entityMetadatas.filter(
      // Each database has its own mark and record.
      ({ tableName }) => !/^(database_mark$|disclosure_)/.test(tableName),
    );
    for (const { tableName, primaryColumns } of own) {
      const ids = async ({ source }: typeof facts): Promise<string[]> =>
        (
          await source.query<Record<string, string>[]>(
            `SELECT "${primaryColumns[0]?.databaseName}" AS id FROM ${tableName}`,
          )
        ).map(({ id }) => String(id));
      const before = new Set(await ids(facts));
      const added = (await ids(demonstration)).filter((id) => !before.has(id));
      expect(
        added.filter((id) => !/^[a-z]+:demo-/.test(id)),
        tableName,
      ).toEqual([]);
    }
  });
});
