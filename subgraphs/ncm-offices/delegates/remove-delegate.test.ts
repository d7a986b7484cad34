import { testDatabases } from '@hub/shared/testing';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { expectRefusals, nomination, openWrittenOffices, rule } from '../testing/test-mutations.js';

const input = { delegate: 'ncm:d1', version: 1 };
const delegateId = input.delegate;
const groupId = 'nbnp:g';
const on = '2010-01-11';

type Reference = readonly [name: string, entity: EntityTarget<ObjectLiteral>, row: object];

const references: readonly Reference[] = [
  ['DelegateNomination', DelegateNomination, nomination('1', 'WITHDRAWN')],
  [
    'DelegateFormality',
    DelegateFormality,
    { delegateId, groupId, kind: 'VISA', status: 'REFUSED', on },
  ],
  [
    'ParticipantReport',
    ParticipantReport,
    { id: 'ncm:r', delegateId, groupId, visitId: 'nbnp:v', receivedOn: on, text: 'It.' },
  ],
];

describe.each(testDatabases)('Mutation.removeDelegate on $name', (kind) => {
  it('removes a delegate with her languages', async () => {
    await using offices = await openWrittenOffices(kind);
    const { manager } = offices.partner.source;
    await manager.insert(DelegateLanguage, { delegateId, tag: 'ru', place: 0 });
    const until = { givenOn: on, until: '2040-01-01' };
    await manager.insert(SharedContact, {
      id: 'ncm:shared',
      delegateId,
      with: 'NETWORK',
      ...until,
    });
    expect((await offices.call('removeDelegate', input)).value).toBe(true);
    expect(await manager.countBy(Delegate, { id: delegateId })).toBe(0);
    expect(await manager.countBy(DelegateLanguage, { delegateId })).toBe(0);
    expect(await manager.countBy(SharedContact, { delegateId })).toBe(0);
  });

  it('has a case for each entity that refers to a delegate', async () => {
    await using offices = await openWrittenOffices(kind);
    const referring = offices.partner.source.entityMetadatas
      .filter(({ ownColumns }) =>
        ownColumns.some(({ propertyName }) => propertyName === 'delegateId'),
      )
      .map(({ name }) => name);
    const own = ['DelegateLanguage', 'DelegateTravelNeeds', 'SharedContact'];
    expect(referring.toSorted()).toEqual([...references.map(([name]) => name), ...own].toSorted());
  });

  it.each(references)('refuses while a %s refers to her', async (_name, entity, row) => {
    await using offices = await openWrittenOffices(kind);
    await offices.partner.source.manager.insert(entity, { ...row });
    await expectRefusals(offices, 'removeDelegate', input, [
      { as: rule('REFERRED_TO', 'input.delegate') },
      { input: { version: 2 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: { delegate: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.delegate' } },
    ]);
  });
});
