import 'reflect-metadata';

import { bothDatabases } from '@hub/shared/testing';
import type { ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import {
  expectRefusals,
  nomination,
  openWrittenOffices,
  rule,
  sideGroup,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const stated = { source: 'https://www.norden.org/en/offices', on: '2010-02-01' };
const once = { reason: 'Registered twice.', version: 1, intoVersion: 1, ...stated };
const merge = (offices: WrittenOffices, office: string, into: string) =>
  offices.call('mergeOffices', { office, into, ...once }, 'id version');

/** The versions of the rows that refer to an office, by table and id. */
async function readVersions({ partner }: WrittenOffices, id: string) {
  const { manager, entityMetadatas } = partner.source;
  const versions: Record<string, number> = {};
  for (const { target, tableName, propertiesMap, primaryColumns } of entityMetadatas)
    for (const property of ['officeId', 'ownerId', 'parentId']) {
      if (!(property in propertiesMap) || !('version' in propertiesMap)) continue;
      for (const row of await manager.findBy<ObjectLiteral>(target, { [property]: id })) {
        const key = primaryColumns.map(({ propertyName }) => String(row[propertyName]));
        versions[[tableName, ...key].join(' ')] = Number(row['version']);
      }
    }
  return versions;
}

/** Every column with the id of an office, and how many rows have one in it. */
async function countReferences({ partner }: WrittenOffices, id: string) {
  const { manager, entityMetadatas } = partner.source;
  const counts: Record<string, number> = {};
  for (const { target, tableName, columns } of entityMetadatas)
    for (const { propertyName } of columns)
      if (/^(office|owner|parent)Id$/.test(propertyName) && tableName !== 'claims')
        counts[`${tableName}.${propertyName}`] = await manager.countBy<ObjectLiteral>(target, {
          [propertyName]: id,
        });
  return counts;
}

describe.each(bothDatabases)('Mutation.mergeOffices on $name', (database) => {
  it('moves all that refers to the office to the one that stays', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    const officeId = 'ncm:led';
    const point = { source: stated.source, checkedOn: stated.on, languages: [] };
    await manager.insert(ContactPoint, { ...point, id: 'ncm:desk', ownerId: officeId });
    const visit = { visitId: 'nbnp:v', status: 'OFFERED', version: 1 } as const;
    await manager.insert(RegionalHosting, { ...visit, id: 'ncm:h', officeId });
    const meeting = { kind: 'BRIEFING', on: stated.on, version: 1 } as const;
    await manager.insert(GroupMeeting, { ...meeting, groupId: 'nbnp:g', officeId });
    const stop = { stopId: 'nbnp:s', confirmedOn: stated.on, stopVersion: 1 };
    await manager.insert(StopConfirmation, { ...stop, officeId });
    const before = await countReferences(offices, officeId);
    expect(Object.values(before).every((rows) => rows > 0)).toBe(true);
    const stays = await countReferences(offices, 'ncm:rix');
    const versions = await readVersions(offices, officeId);
    const kept = await readVersions(offices, 'ncm:rix');
    const { value } = await merge(offices, officeId, 'ncm:rix');
    expect(value).toEqual({ id: 'ncm:rix', version: 2 });
    const none = Object.fromEntries(Object.keys(before).map((column) => [column, 0]));
    expect(await countReferences(offices, officeId)).toEqual(none);
    const sums = Object.entries(before).map(([column, rows]) => [column, rows + stays[column]!]);
    expect(await countReferences(offices, 'ncm:rix')).toEqual(Object.fromEntries(sums));
    // Whoever read a record before it moved has read another one.
    const raised = Object.entries(versions).map(([row, version]) => [row, version + 1] as const);
    expect(await readVersions(offices, 'ncm:rix')).toEqual({
      ...kept,
      ...Object.fromEntries(raised),
    });
    expect(Object.keys(versions)).toContain('regional_hostings ncm:h');
    const [, delegate] = Object.keys(versions)
      .find((row) => row.startsWith('delegates '))!
      .split(' ');
    const change = { delegate, name: 'Another', version: versions[`delegates ${delegate}`] };
    const { refusal } = await offices.call('changeDelegate', change);
    const currentVersion = Number(change.version) + 1;
    expect(refusal).toMatchObject({ code: 'CONFLICT', currentVersion });
  });

  it('leaves the office to those who know its id, and out of the lists', async () => {
    await using offices = await openWrittenOffices(database);
    await merge(offices, 'ncm:parnu', 'ncm:valga');
    const lists = await offices.partner.read(`{
      office(id: "ncm:parnu") { name version source mergedInto { id mergedInto { id } } claims { property value source preferred note } }
      left: offices(filter: { country: "EE", kind: INFORMATION_POINT }) { id }
      all: offices(filter: { country: "EE", kind: INFORMATION_POINT, merged: true }) { id }
      parent: office(id: "ncm:tll") { branches { id } }
    }`);
    expect(lists).toEqual({
      office: {
        name: 'Nordic information point in Pärnu',
        version: 2,
        // The page that states its name, and the page that says that they are one.
        source: 'http://www.vm.ee/?q=en/node/17179',
        claims: [
          {
            property: 'mergedInto',
            value: 'ncm:valga',
            source: stated.source,
            preferred: true,
            note: 'Read on 2010-02-01.',
          },
        ],
        mergedInto: { id: 'ncm:valga', mergedInto: null },
      },
      left: [{ id: 'ncm:valga' }],
      all: [{ id: 'ncm:parnu' }, { id: 'ncm:valga' }],
      parent: { branches: [{ id: 'ncm:narva' }, { id: 'ncm:tartu' }, { id: 'ncm:valga' }] },
    });
    // Merged on, both are found by one step.
    await offices.call('mergeOffices', {
      ...once,
      office: 'ncm:valga',
      into: 'ncm:narva',
      version: 2,
    });
    expect(
      await offices.partner.source.manager.countBy(Office, { mergedIntoId: 'ncm:narva' }),
    ).toBe(2);
  });

  it('refuses what cannot be one, and every use of the office that went', async () => {
    await using offices = await openWrittenOffices(database);
    const training = { name: 'Training', kind: 'OFFICE', city: 'Riga', country: 'LV', ...stated };
    const { value } = await offices.call('registerOffice', { ...training, isRehearsal: true });
    const { id: invented } = value as { id: string };
    const both = { office: 'ncm:parnu', into: 'ncm:valga', ...once };
    await expectRefusals(offices, 'mergeOffices', both, [
      { input: { into: 'ncm:parnu' }, as: { code: 'BAD_USER_INPUT', argument: 'input.into' } },
      { input: { into: invented }, as: rule('REHEARSAL', 'input.into') },
      { input: { into: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.into' } },
      { input: { version: 2 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: { intoVersion: 2 }, as: { code: 'CONFLICT', argument: 'input.intoVersion' } },
    ]);
    await merge(offices, 'ncm:parnu', 'ncm:valga');
    const office = 'ncm:parnu';
    const [change, byOffice] = [{ office, version: 2, ...stated }, rule('MERGED', 'input.office')];
    await expectRefusals(offices, 'changeOffice', change, [{ as: byOffice }]);
    await expectRefusals(offices, 'closeOffice', change, [{ as: byOffice }]);
    await expectRefusals(offices, 'mergeOffices', { ...both, version: 2 }, [{ as: byOffice }]);
    const back = { ...both, office: 'ncm:narva', into: office, intoVersion: 2 };
    await expectRefusals(offices, 'mergeOffices', back, [{ as: rule('MERGED', 'input.into') }]);
    const person = { office, name: 'A', targetGroup: 'POLICE', region: 'RU-LEN', languages: [] };
    await expectRefusals(offices, 'registerDelegate', person, [{ as: byOffice }]);
    await expectRefusals(
      offices,
      'registerOffice',
      { ...training, name: 'Branch', parent: office },
      [{ as: rule('MERGED', 'input.parent') }],
    );
    const covered = { region: 'RU-KR', office, on: stated.on, version: 1 };
    await expectRefusals(offices, 'setCoverage', covered, [{ as: byOffice }]);
  });

  it('lets the office that stays act where a group still names the other', async () => {
    const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED')];
    await using offices = await openWrittenOffices(database, selected);
    offices.hub.set('nbnp:g', { ...sideGroup, acceptedOfficers: [] });
    const meeting = { group: 'nbnp:g', office: 'ncm:rix', kind: 'BRIEFING', on: '2010-01-11' };
    await expectRefusals(offices, 'recordDelegatesMeeting', meeting, [
      { as: rule('COORDINATOR', 'input.office') },
    ]);
    await merge(offices, 'ncm:vno', 'ncm:rix');
    const named = { ...meeting, office: 'ncm:vno' };
    await expectRefusals(offices, 'recordDelegatesMeeting', named, [
      { as: rule('MERGED', 'input.office') },
    ]);
    const { refusal } = await offices.call('recordDelegatesMeeting', meeting);
    expect(refusal).toBeUndefined();
  });
});
