import 'reflect-metadata';

import { readerOf, sqlite, testDatabases, type TestPartner } from '@hub/shared/testing';
import { In } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import {
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  returned,
} from '../testing/test-mutations.js';
import { openTestOffices } from '../testing/test-partner.js';

async function read(partner: TestPartner, query: string): Promise<unknown> {
  const { data, errors } = await partner.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

const erase = (partner: TestPartner, id: string) =>
  read(partner, `mutation { erased: eraseDelegate(id: ${JSON.stringify(id)}) }`);

const readCounts = (partner: TestPartner) =>
  read(
    partner,
    `{ delegates(filter: { rehearsals: true }) { totalCount } delegateNominations { totalCount nodes { id status group { delegateCount delegateNominationCount delegateReportsReceived } } } }`,
  );

/** Every text of every table. */
async function readAll({ source }: TestPartner): Promise<string> {
  const rows = await Promise.all(
    source.entityMetadatas.map(({ tablePath }) => source.query(`SELECT * FROM "${tablePath}"`)),
  );
  return JSON.stringify(rows);
}

const query = (id: string) => `{ delegate(id: "${id}") {
  name email employer targetGroup languages region { code } office { id } version
  nominations { id status motivation reason localAuthority version }
  report { id receivedOn text } } }`;

describe.each(testDatabases)('Mutation.eraseDelegate on $name', (database) => {
  it('removes the delegate’s personal data and texts, and does not change counts', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const id = 'ncm:demo-delegate-13';
    await partner.source.getRepository(ParticipantReport).insert({
      id: 'ncm:report',
      delegateId: id,
      groupId: 'nbnp:demo-group-1',
      visitId: 'nbnp:demo-visit-1',
      receivedOn: '2026-12-01',
      text: 'What was seen and heard.',
    });
    const { delegate } = (await read(partner, query(id))) as {
      delegate: Record<'name' | 'email' | 'employer', string> & {
        nominations: [{ id: string; motivation: string; reason: string; version: number }];
        version: number;
        report: object;
      };
    };
    const [nomination] = delegate.nominations;
    const motivation = 'Has waited for this journey.';
    await partner.source.getRepository(DelegateNomination).update(nomination.id, { motivation });
    nomination.motivation = motivation;
    const before = await readCounts(partner);
    expect(await erase(partner, id)).toEqual({ erased: true });
    const erased = {
      delegate: {
        ...delegate,
        name: null,
        email: null,
        employer: null,
        version: delegate.version + 1,
        nominations: [
          { ...nomination, motivation: null, reason: null, version: nomination.version + 1 },
        ],
        report: { ...delegate.report, text: null },
      },
    };
    expect(await read(partner, query(id))).toEqual(erased);
    expect(await readCounts(partner)).toEqual(before);
    const all = await readAll(partner);
    const texts = [nomination.motivation, nomination.reason, 'seen and heard'];
    for (const gone of [delegate.name, delegate.email, ...texts]) {
      expect(all).not.toContain(gone);
    }
    expect(await erase(partner, id)).toEqual({ erased: true });
    expect(await read(partner, query(id))).toEqual(erased);
  });

  it.each(['name', 'email', 'employer'])(
    'removes the %s of a delegate without other details',
    async (field) => {
      await using partner = await openTestOffices(database, 'demonstration');
      const id = 'ncm:demo-delegate-1';
      const known = { name: null, email: null, employer: null, [field]: 'anna@invented.example' };
      const delegates = partner.source.getRepository(Delegate);
      await delegates.update({ id }, known);
      const { version } = await delegates.findOneByOrFail({ id });
      await erase(partner, id);
      const erased = { name: null, email: null, employer: null, version: version + 1 };
      expect(await delegates.findOneBy({ id })).toMatchObject(erased);
      await erase(partner, id);
      expect(await delegates.findOneBy({ id })).toMatchObject(erased);
    },
  );

  it('removes the texts about the delegate, and of nobody else', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { manager } = partner.source;
    const people = ['ncm:demo-delegate-1', 'ncm:demo-delegate-2'];
    const reason = 'Knows the cases.';
    await manager.update(DelegateNomination, { delegateId: In(people) }, { reason });
    await manager.insert(
      ParticipantReport,
      people.map((delegateId, index) => ({
        id: `ncm:report-${index}`,
        delegateId,
        groupId: 'nbnp:demo-group-1',
        visitId: 'nbnp:demo-visit-1',
        receivedOn: '2026-12-01',
        text: 'What was seen.',
      })),
    );
    await erase(partner, 'ncm:demo-delegate-1');
    const [first, second] = await Promise.all(
      people.map(async (delegateId) => ({
        delegate: await manager.findOneByOrFail(Delegate, { id: delegateId }),
        nominations: await manager.findBy(DelegateNomination, { delegateId }),
        report: await manager.findOneByOrFail(ParticipantReport, { delegateId }),
      })),
    );
    expect(first).toMatchObject({
      delegate: { name: null, employer: null },
      nominations: [{ reason: null, version: 3 }],
      report: { text: null },
    });
    expect(second).toMatchObject({
      nominations: [{ reason, version: 2 }],
      report: { text: 'What was seen.' },
    });
    expect(second?.delegate.name).not.toBeNull();
  });

  it('removes a motivation also where nothing else was written', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { manager } = partner.source;
    const delegateId = 'ncm:demo-delegate-1';
    const silent = { motivation: null, reason: null, version: 2 };
    await manager.update(DelegateNomination, { delegateId }, silent);
    await erase(partner, delegateId);
    expect(await manager.findOneBy(DelegateNomination, { delegateId })).toMatchObject(silent);
    await manager.update(DelegateNomination, { delegateId }, { motivation: 'Knows the cases.' });
    await erase(partner, delegateId);
    const erased = { motivation: null, reason: null, version: 3 };
    expect(await manager.findOneBy(DelegateNomination, { delegateId })).toMatchObject(erased);
  });

  it('is false for an unknown delegate', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    for (const id of ['ncm:nobody', '', 'no:demo-officer-1', 'ncm:\0']) {
      expect(await erase(partner, id), id).toEqual({ erased: false });
    }
  });
});

describe.each(testDatabases)('CONFLICT on $name', (database) => {
  it('is the response to a late repetition of a mutation with texts about an erased person', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1', 'SELECTED')]);
    offices.hub.set('nbnp:g', { ...group, visits: [returned] });
    const anna = {
      office: 'ncm:led',
      name: 'Anna Invented',
      targetGroup: 'POLICE',
      region: 'RU-LEN',
      languages: ['ru'],
      idempotencyKey: 'k',
    };
    const report = {
      delegate: 'ncm:d1',
      group: 'nbnp:g',
      visit: 'nbnp:v',
      on: '2010-05-03',
      text: 'What was seen and heard.',
      idempotencyKey: 'r',
    };
    const { value } = await offices.call('registerDelegate', anna);
    expect((await offices.call('handInDelegateReport', report)).refusal).toBeUndefined();
    await erase(offices.partner, (value as { id: string }).id);
    await erase(offices.partner, 'ncm:d1');
    await expectRefusals(offices, 'registerDelegate', anna, [{ as: { code: 'CONFLICT' } }]);
    await expectRefusals(offices, 'handInDelegateReport', report, [{ as: { code: 'CONFLICT' } }]);
  });
});

describe('FORBIDDEN', () => {
  it.each([
    ['an analyst of the offices', readerOf('ncm', 'analyst')],
    ['a liaison of the offices', readerOf('ncm', 'liaison')],
    ['an auditor of the offices', readerOf('ncm', 'auditor')],
    ['a server of the offices', readerOf('ncm', 'service')],
    ['a co-ordinator of a police force', readerOf('no', 'coordinator')],
    ['a co-ordinator of the network', readerOf('nbnp', 'coordinator')],
    ['the anonymous', { kind: 'anonymous' } as const],
  ])('refuses an erasure by %s, whether the person exists or not', async (_, reader) => {
    await using partner = await openTestOffices(sqlite, 'demonstration', { reader });
    const before = await readAll(partner);
    for (const id of ['ncm:demo-delegate-1', 'ncm:nobody']) {
      expect(await partner.ask(`mutation { erased: eraseDelegate(id: "${id}") }`)).toMatchObject({
        data: { erased: null },
        errors: [{ path: ['erased'], extensions: { code: 'FORBIDDEN' } }],
      });
    }
    expect(await readAll(partner)).toBe(before);
  });
});
