import { anonymous } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { answerOffice, away, openTestVisits, programme, south } from '../testing/test-visits.js';

const violated = (rule: string, argument = 'input.group', more: object = {}) =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument, ...more });
const change = { group: south.group, name: 'Renamed', version: 1 };
const selection = 'name plannedSize coordinatingOffice { id } version';
const offices = { CoordinatingOffice: answerOffice };

describe.each(testDatabases)('Mutation.changeGroup on $name', (kind) => {
  it('keeps what is left out, and removes the office that is null', async () => {
    await using network = await openTestVisits(kind, offices);
    expect(await network.done('changeGroup', change, selection)).toEqual({
      name: 'Renamed',
      plannedSize: 3,
      coordinatingOffice: null,
      version: 2,
    });
    const office = { group: south.group, coordinatingOffice: 'ncm:led', plannedSize: 4 };
    expect(await network.done('changeGroup', { ...office, version: 2 }, selection)).toEqual({
      name: 'Renamed',
      plannedSize: 4,
      coordinatingOffice: { id: 'ncm:led' },
      version: 3,
    });
    const without = { group: south.group, coordinatingOffice: null, version: 3 };
    expect(await network.done('changeGroup', without, selection)).toMatchObject({
      coordinatingOffice: null,
      version: 4,
    });
  });

  it('takes the stored office as left out, also if it was merged since', async () => {
    const merged = { country: 'RU', mergedInto: { id: 'ncm:tll' } };
    const CoordinatingOffice = () => ({ office: merged });
    await using network = await openTestVisits(kind, { CoordinatingOffice });
    const office = { group: south.group, coordinatingOffice: 'ncm:led', version: 1 };
    expect(await network.refusal('changeGroup', office)).toEqual(
      violated('MERGED', 'input.coordinatingOffice'),
    );
    await network.update(Group, south.group, { coordinatingOfficeId: 'ncm:led' });
    const renamed = { ...office, name: 'Renamed' };
    expect(await network.done('changeGroup', renamed, selection)).toEqual({
      name: 'Renamed',
      plannedSize: 3,
      coordinatingOffice: { id: 'ncm:led' },
      version: 2,
    });
  });

  it('refuses what breaks a rule', async () => {
    await using network = await openTestVisits(kind, offices);
    const refusal = (more: object = {}) => network.refusal('changeGroup', { ...change, ...more });
    expect(await refusal({ group: 'nbnp:none' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ version: 7 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await refusal({ name: ' ' })).toMatchObject({ argument: 'input.name' });
    expect(await refusal({ plannedSize: -1 })).toMatchObject({ argument: 'input.plannedSize' });
    expect(await refusal({ plannedSize: 5 })).toEqual(
      violated('PLANNED_SIZE', 'input.plannedSize'),
    );
    for (const coordinatingOffice of ['ncm:none', 'dk:nec'])
      expect(await refusal({ coordinatingOffice })).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.coordinatingOffice',
      });
    const byOffice = 'input.coordinatingOffice';
    expect(await refusal({ coordinatingOffice: 'ncm:tll' })).toEqual(
      violated('HOST_COUNTRY', byOffice, { situation: 'OFFICE_ELSEWHERE' }),
    );
    for (const coordinatingOffice of ['ncm:kgd', 'ncm:arh'])
      expect(await refusal({ coordinatingOffice })).toEqual(violated('CLOSED', byOffice));
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2030-12-01' });
    expect(await refusal()).toEqual(violated('EVALUATED'));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal()).toEqual(violated('DEPARTED'));
    await network.update(Group, south.group, { cancelledOn: '2030-01-01' });
    expect(await refusal()).toEqual(violated('CANCELLED'));
  });

  it('writes nothing while the offices are unavailable', async () => {
    await using network = await openTestVisits(kind, { CoordinatingOffice: away('ncm') });
    const office = { ...change, coordinatingOffice: 'ncm:led' };
    expect(await network.refusal('changeGroup', office)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
  });
});

describe.each(testDatabases)('Group.cancelReason on $name', (kind) => {
  it('is for co-ordinators and auditors', async () => {
    await using network = await openTestVisits(kind);
    const cancelReason = 'No host was found.';
    await network.update(Group, south.group, { cancelledOn: '2030-01-01', cancelReason });
    const query = `{ group(id: "${south.group}") { cancelReason } }`;
    for (const reader of [readerOf('dk', 'coordinator'), readerOf('ncm', 'auditor')])
      expect(await network.read(query, {}, reader)).toEqual({ group: { cancelReason } });
    for (const reader of [readerOf('dk', 'analyst'), anonymous]) {
      const { data, errors } = await network.ask(query, {}, reader);
      expect(data).toEqual({ group: { cancelReason: null } });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});
