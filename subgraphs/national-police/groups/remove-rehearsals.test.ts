import 'reflect-metadata';

import type { AskHub, codes } from '@hub/shared/policy';
import {
  inner,
  lateClock,
  readEveryRow,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { definition } from '../partner.js';
import { openTestPolice } from '../testing/test-partner.js';
import { prepareRemoval } from './remove-rehearsals.js';

const entities = [...definition.entities];

/** A hub whose network has removed these records, two to a page of its changes. */
function hubWith(subjects: readonly string[], areOthersLeft = false): AskHub {
  return (query, { after } = {}) => {
    if (!query.includes('networkChanges'))
      return Promise.resolve({ programmes: [{ isRehearsal: areOthersLeft }] });
    const begin = Number(after ?? 0);
    const end = begin + 2;
    const nodes = subjects
      .slice(begin, end)
      .map((subject) => ({ mutation: 'removeRehearsals', subject }));
    const pageInfo = { hasNextPage: end < subjects.length, endCursor: String(end) };
    return Promise.resolve({ networkChanges: { nodes, pageInfo } });
  };
}

const run = ({ source }: TestPartner, partner: codes.PoliceCode, askHub: AskHub) =>
  inner.removeRehearsals({ partner, source, clock: lateClock, askHub }, prepareRemoval, true);

async function readRows(source: DataSource): Promise<string[]> {
  const tables = entities.map((entity) => source.getMetadata(entity).tableName);
  const rows = await readEveryRow(source);
  return rows.filter((row) => tables.includes(row.slice(0, row.indexOf(','))));
}

/** What the police force’s rows name of the network. */
async function findNamed({ manager }: DataSource): Promise<string[]> {
  const named = [
    ...(await manager.find(OfficerNomination)).map(({ groupId }) => groupId),
    ...(await manager.find(Hosting)).map(({ visitId }) => visitId),
    ...(await manager.find(StopConfirmation)).map(({ stopId }) => stopId),
    ...(await manager.find(ExpertLoan)).map(({ assignmentId }) => assignmentId),
  ];
  return [...new Set(named)];
}

describe.each(testDatabases)('a police force’s part of removed rehearsals on $name', (kind) => {
  it.each(['ee', 'fi', 'lt', 'no'] as const)(
    'goes at %s, and leaves the facts, to the row, in every table',
    async (code) => {
      await using police = await openTestPolice(kind, code);
      await using plain = await openTestPolice(kind, code, 'facts');
      const hub = hubWith(await findNamed(police.source));
      await run(police, code, hub);
      expect(await readRows(police.source)).toEqual(await readRows(plain.source));
      expect(await run(police, code, hub)).toEqual(new Map());
    },
  );

  it('leaves everything while the network has removed nothing', async () => {
    await using police = await openTestPolice(kind, 'ee');
    const before = await readRows(police.source);
    expect(await run(police, 'ee', hubWith([], true))).toEqual(new Map());
    expect(await readRows(police.source)).toEqual(before);
  });

  it('leaves experts and the people of another rehearsal, as long as there is one', async () => {
    await using police = await openTestPolice(kind, 'ee');
    const { manager } = police.source;
    const nominations = await manager.find(OfficerNomination);
    const group = nominations[0]?.groupId ?? '';
    const elsewhere = new Set(
      nominations.filter((one) => one.groupId !== group).map((one) => one.officerId),
    );
    const experts = await manager.count(Expert);
    const counts = await run(police, 'ee', hubWith([group], true));
    const nominated = nominations.filter((one) => one.groupId === group);
    const leaving = nominated.filter((one) => !elsewhere.has(one.officerId));
    expect(counts.get('officer_nominations')).toBe(nominated.length);
    expect(counts.get('officers') ?? 0).toBe(new Set(leaving.map((one) => one.officerId)).size);
    for (const id of elsewhere) expect(await manager.existsBy(Officer, { id })).toBe(true);
    expect(await manager.count(Expert)).toBe(experts);
  });

  it('leaves real officers and experts that removed records name', async () => {
    await using police = await openTestPolice(kind, 'ee');
    const { manager } = police.source;
    await manager.update(Officer, { isRehearsal: true }, { isRehearsal: false });
    await manager.update(Expert, { isRehearsal: true }, { isRehearsal: false });
    const counts = await run(police, 'ee', hubWith(await findNamed(police.source)));
    expect(counts.has('officers') || counts.has('experts')).toBe(false);
  });

  it('removes nothing while the network is away', async () => {
    await using police = await openTestPolice(kind, 'ee');
    const before = await readRows(police.source);
    const away: AskHub = () => Promise.reject(new Error('away'));
    await expect(run(police, 'ee', away)).rejects.toThrow('away');
    expect(await readRows(police.source)).toEqual(before);
  });
});
