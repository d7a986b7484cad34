import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import {
  away,
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  returned,
  rule,
  signedByNetwork,
  visit,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const back = { ...group, visits: [returned, { ...returned, id: 'nbnp:w' }] };
const input = {
  delegate: 'ncm:d1',
  group: 'nbnp:g',
  visit: 'nbnp:v',
  on: '2010-05-03',
  text: 'What was seen and heard.',
};

async function readCount({ partner }: WrittenOffices): Promise<unknown> {
  const { data } = await partner.ask(
    '{ _entities(representations: [{ __typename: "Group", id: "nbnp:g" }]) { ... on Group { delegateReportsReceived } } }',
  );
  return data?.['_entities'];
}

const absentFrom = (from: string) => ({
  ...back,
  absences: [{ participant: { id: 'ncm:d1' }, visit: { id: 'nbnp:v' }, from }],
});

describe.each(testDatabases)('NOT_TRAVELLED on $name', (database) => {
  it('refuses a report of a reserve, or of a delegate who was absent from the first day', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'SELECTED'),
      { ...nomination('2', 'SELECTED'), reserve: true },
    ]);
    const notTravelled = rule('NOT_TRAVELLED', 'input.delegate');
    await expectRefusals(offices, 'handInDelegateReport', input, [
      { hub: { 'nbnp:g': back }, input: { delegate: 'ncm:d2' }, as: notTravelled },
      { hub: { 'nbnp:g': absentFrom('2010-04-12') }, as: notTravelled },
    ]);
    offices.hub.set('nbnp:g', absentFrom('2010-04-13'));
    const { refusal } = await offices.call('handInDelegateReport', input);
    expect(refusal).toBeUndefined();
  });
});

describe.each(testDatabases)('Mutation.handInDelegateReport on $name', (database) => {
  it('accepts a report, which becomes the delegate’s latest', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', back);
    const selection = 'id group visit receivedOn text';
    const { value } = await offices.call('handInDelegateReport', input, selection);
    expect(value).toMatchObject({
      group: 'nbnp:g',
      visit: 'nbnp:v',
      receivedOn: '2010-05-03',
      text: input.text,
    });
    const { data } = await offices.partner.ask(
      `{ delegate(id: "ncm:d1") { report { ${selection} } } }`,
    );
    expect(data).toEqual({ delegate: { report: value } });
  });

  it('accepts one for each visit and a further one, and counts the delegate once', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'SELECTED'),
      nomination('2', 'SELECTED'),
    ]);
    offices.hub.set('nbnp:g', back);
    for (const changes of [
      {},
      { visit: 'nbnp:w' },
      { text: 'And this.' },
      { delegate: 'ncm:d2' },
    ]) {
      const { refusal } = await offices.call('handInDelegateReport', { ...input, ...changes });
      expect(refusal).toBeUndefined();
    }
    expect(await offices.partner.source.manager.count(ParticipantReport)).toBe(4);
    expect(await readCount(offices)).toEqual([{ delegateReportsReceived: 2 }]);
    const { data } = await offices.partner.ask(
      '{ delegateStatistics { targetGroup reportsReceived { value } } }',
    );
    expect(data?.['delegateStatistics']).toContainEqual({
      targetGroup: 'POLICE',
      reportsReceived: { value: 2 },
    });
  });

  it('executes fifty repetitions of one idempotency key once', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', back);
    const keyed = { ...input, idempotencyKey: 'k' };
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => offices.call('handInDelegateReport', keyed)),
    );
    expect(new Set(outcomes.map(({ value }) => JSON.stringify(value))).size).toBe(1);
    expect(await offices.partner.source.manager.count(ParticipantReport)).toBe(1);
  });

  it('accepts a first report after the evaluation, and no further one', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    const { manager } = offices.partner.source;
    await manager.insert(ProgrammeSignature, { programmeId: 'nbnp:p', signedOn: '2010-12-01' });
    offices.hub.set('nbnp:g', { ...back, programme: signedByNetwork });
    const late = { ...input, on: '2012-01-01' };
    expect((await offices.call('handInDelegateReport', late)).refusal).toBeUndefined();
    await expectRefusals(offices, 'handInDelegateReport', late, [
      { as: rule('EVALUATED', 'input.visit') },
    ]);
    const { refusal } = await offices.call('handInDelegateReport', { ...late, visit: 'nbnp:w' });
    expect(refusal).toBeUndefined();
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'SELECTED'),
      nomination('2'),
      nomination('3', 'SELECTED', 'nbnp:other'),
      nomination('4', 'SELECTED'),
    ]);
    await offices.partner.source.manager.update(Delegate, 'ncm:d4', { name: null });
    offices.hub.set('nbnp:g', back);
    const notFound = (argument: string) => ({ code: 'NOT_FOUND', argument });
    const changed = (changes: object) => ({ 'nbnp:g': { ...back, ...changes } });
    await expectRefusals(offices, 'handInDelegateReport', input, [
      { input: { delegate: 'ncm:none' }, as: notFound('input.delegate') },
      { input: { group: 'nbnp:none' }, as: notFound('input.group') },
      { input: { visit: 'nbnp:none' }, as: notFound('input.visit') },
      { input: { delegate: 'ncm:d2' }, as: rule('NOT_TRAVELLED', 'input.delegate') },
      { input: { delegate: 'ncm:d3' }, as: rule('NOT_TRAVELLED', 'input.delegate') },
      { input: { delegate: 'ncm:d4' }, as: rule('ERASED', 'input.delegate') },
      { hub: changed({ visits: [visit] }), as: rule('NOT_TRAVELLED', 'input.visit') },
      { hub: changed({ visits: [departed] }), as: rule('NOT_RETURNED', 'input.visit') },
      { hub: changed({ cancelledOn: '2010-04-01' }), as: rule('CANCELLED', 'input.group') },
      { input: { on: '2010-04-16' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2013-01-01' }, as: rule('TOO_LATE', 'input.on') },
      { input: { text: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.text' } },
      {
        input: { text: 'x'.repeat(20_001) },
        as: { code: 'BAD_USER_INPUT', argument: 'input.text' },
      },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });
});

describe.each(testDatabases)('Mutation.correctDelegateReport on $name', (database) => {
  const correction = { ...input, on: '2010-05-04', text: 'What was really seen.' };

  it('corrects the latest report of the visit', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', back);
    const selection = 'id receivedOn text';
    const { value } = await offices.call('handInDelegateReport', input, selection);
    const corrected = { ...(value as object), receivedOn: '2010-05-04', text: correction.text };
    expect(await offices.call('correctDelegateReport', correction, selection)).toEqual({
      value: corrected,
      refusal: undefined,
    });
    expect(await offices.partner.source.manager.count(ParticipantReport)).toBe(1);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', back);
    await offices.call('handInDelegateReport', input);
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d3") }');
    await expectRefusals(offices, 'correctDelegateReport', correction, [
      { input: { delegate: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.delegate' } },
      { input: { visit: 'nbnp:w' }, as: { code: 'NOT_FOUND', argument: 'input.visit' } },
      { input: { text: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.text' } },
      { input: { delegate: 'ncm:d3' }, as: rule('ERASED', 'input.delegate') },
      { input: { on: '2010-05-02' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2013-01-01' }, as: rule('TOO_LATE', 'input.on') },
      {
        hub: { 'nbnp:g': { ...back, cancelledOn: '2010-03-01' } },
        as: rule('CANCELLED', 'input.group'),
      },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });

  it('refuses a correction after the evaluation', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', { ...back, programme: signedByNetwork });
    await offices.call('handInDelegateReport', input);
    const signature = { programmeId: 'nbnp:p', signedOn: '2010-12-01' };
    await offices.partner.source.manager.insert(ProgrammeSignature, signature);
    await expectRefusals(offices, 'correctDelegateReport', correction, [
      { as: rule('EVALUATED', 'input.visit') },
    ]);
  });
});
