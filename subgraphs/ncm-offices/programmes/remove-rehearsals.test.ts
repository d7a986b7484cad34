import 'reflect-metadata';

import type { AskHub } from '@hub/shared/policy';
import {
  inner,
  lateClock,
  readEveryRow,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { definition } from '../partner.js';
import { openTestOffices } from '../testing/test-partner.js';
import { prepareRemoval } from './remove-rehearsals.js';

const entities = [...definition.entities];

/** A hub whose network has removed these records, by its command or by a mutation. */
function hubWith(
  subjects: readonly string[],
  { mutation = 'removeRehearsals', areOthersLeft = false } = {},
): AskHub {
  return (query) =>
    Promise.resolve(
      query.includes('networkChanges')
        ? {
            networkChanges: {
              nodes: subjects.map((subject) => ({ mutation, subject })),
              pageInfo: { hasNextPage: false, endCursor: null },
            },
          }
        : { programmes: [{ isRehearsal: areOthersLeft }] },
    );
}

const run = ({ source }: TestPartner, askHub: AskHub) =>
  inner.removeRehearsals(
    { partner: 'ncm', source, clock: lateClock, askHub },
    prepareRemoval,
    true,
  );

async function readRows(source: DataSource): Promise<string[]> {
  const tables = entities.map((entity) => source.getMetadata(entity).tableName);
  const rows = await readEveryRow(source);
  return rows.filter((row) => tables.includes(row.slice(0, row.indexOf(','))));
}

/** What the offices’ rows name of the network. */
async function findNamed({ manager }: DataSource): Promise<string[]> {
  const named = [
    ...(await manager.find(DelegateNomination)).map(({ groupId }) => groupId),
    ...(await manager.find(GroupMeeting)).map(({ groupId }) => groupId),
    ...(await manager.find(RegionalHosting)).map(({ visitId }) => visitId),
    ...(await manager.find(StopConfirmation)).map(({ stopId }) => stopId),
    ...(await manager.find(ProgrammeSignature)).map(({ programmeId }) => programmeId),
    ...(await manager.find(EvaluationText)).map(({ programmeId }) => programmeId),
  ];
  return [...new Set(named)];
}

describe.each(testDatabases)('the offices’ part of removed rehearsals on $name', (kind) => {
  it('goes, and leaves the facts, to the row, in every table', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    await using plain = await openTestOffices(kind, 'facts');
    const hub = hubWith(await findNamed(offices.source));
    await run(offices, hub);
    expect(await readRows(offices.source)).toEqual(await readRows(plain.source));
    expect(await run(offices, hub)).toEqual(new Map());
  });

  it('takes what people have invented themselves: branches, contact points, merged offices', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    await using plain = await openTestOffices(kind, 'facts');
    const stated = 'source: "https://example.org/page", on: "2026-01-10"';
    const register = async (name: string) => {
      const { made } = await offices.read<{ made: { id: string } }>(
        `mutation { made: registerOffice(input: { name: "${name}", kind: BRANCH, city: "Riga", country: "LV", parent: "ncm:demo-office", isRehearsal: true, ${stated} }) { id } }`,
      );
      return made.id;
    };
    const [office, into] = [await register('One'), await register('Two')];
    const point =
      'mailbox: "desk@example.org", source: "https://example.org", checkedOn: "2026-01-10"';
    await offices.read(`mutation {
      setOfficeContactPoint(input: { office: "${office}", set: { ${point} } }) { id }
      mergeOffices(input: { office: "${office}", into: "${into}", reason: "One.", version: 1, intoVersion: 1, ${stated} }) { id }
    }`);
    await run(offices, hubWith(await findNamed(offices.source)));
    expect(await readRows(offices.source)).toEqual(await readRows(plain.source));
  });

  it('is what the command has removed, and nothing that is only missing', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    const before = await readRows(offices.source);
    const ids = await findNamed(offices.source);
    const others = { areOthersLeft: true };
    expect(await run(offices, hubWith([], others))).toEqual(new Map());
    const byMutation = hubWith(ids, { ...others, mutation: 'removeGroup' });
    expect(await run(offices, byMutation)).toEqual(new Map());
    expect(await readRows(offices.source)).toEqual(before);
  });

  it('leaves invented offices and sites, and people of another rehearsal, as long as there is one', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    const { manager } = offices.source;
    const before = await readRows(offices.source);
    const nominations = await manager.find(DelegateNomination);
    const group = nominations[0]?.groupId ?? '';
    const elsewhere = new Set(
      nominations.filter((one) => one.groupId !== group).map((one) => one.delegateId),
    );
    const leaving = nominations
      .filter((one) => one.groupId === group && !elsewhere.has(one.delegateId))
      .map((one) => one.delegateId);
    const counts = await run(offices, hubWith([group], { areOthersLeft: true }));
    expect(counts.get('delegates') ?? 0).toBe(new Set(leaving).size);
    for (const id of elsewhere) expect(await manager.existsBy(Delegate, { id })).toBe(true);
    expect(await manager.existsBy(Office, { isRehearsal: true })).toBe(true);
    const after = new Set(await readRows(offices.source));
    for (const row of before)
      if (!after.has(row))
        expect(row.includes(group) || leaving.some((id) => row.includes(id))).toBe(true);
  });

  it('leaves real people, offices and sites that the network’s removed records name', async () => {
    await using offices = await openTestOffices(kind, 'demonstration');
    const { manager } = offices.source;
    for (const entity of [Delegate, Office, RegionalSite])
      await manager.update<Delegate | Office | RegionalSite>(
        entity,
        { isRehearsal: true },
        { isRehearsal: false },
      );
    const counts = await run(offices, hubWith(await findNamed(offices.source)));
    for (const table of ['delegates', 'offices', 'regional_sites'])
      expect(counts.has(table)).toBe(false);
  });
});
