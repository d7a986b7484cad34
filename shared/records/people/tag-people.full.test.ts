import { createHash } from 'node:crypto';
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { writerOf } from '../../database/sqlite/connections.js';
import { inTransaction } from '../../database/transaction.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { countStatements } from '../../testing/statements.js';
import { readHead } from '../chain/append-rows.js';
import { type DisclosureLink, isReading } from '../chain/chain.js';
import { walkReadings } from '../chain/stored-form.js';
import { disclosureEntities, PersonDay, PersonKey } from '../chain/stored.entity.js';
import { closePeriod } from '../disclosure/close-period.js';
import { disclosureMigrations } from '../disclosure/disclosure-migrations.js';
import { recordDisclosures, type RecordDisclosuresOptions } from '../disclosure/record.js';
import { openRecord as openOldRecord } from '../disclosure/test-record.js';
import { verifyDisclosures } from '../disclosure/verify.js';
import { removeKey } from './tag-people.js';

const monday = new Date('2026-11-30T12:00:00Z');
const tuesday = new Date('2026-12-01T00:00:00Z');

type Readings = RecordDisclosuresOptions['readings'];
const about = (...people: string[]) => ({
  type: 'Officer',
  fields: ['name'],
  records: people.length,
  people,
});
const refused: Readings[number] = { ...about('dk:o1'), isRefused: true };
const journey = { type: 'Hosting', fields: ['transport'], records: 1 };

async function openRecord({ create }: TestDatabaseKind) {
  const database = await create();
  const openAgain = () =>
    openDatabase({
      url: database.url,
      entities: disclosureEntities,
      migrations: disclosureMigrations,
    });
  const source = await openAgain();
  return {
    source,
    openAgain,
    append: (readings: Readings, at = monday, into = source) =>
      recordDisclosures({
        source: into,
        reader: readerOf('ncm', 'coordinator'),
        operationName: null,
        readings,
        at,
      }),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function linksOf({ manager }: DataSource): Promise<DisclosureLink[]> {
  const found: DisclosureLink[] = [];
  for await (const { links } of walkReadings(manager, 0)) found.push(...links.filter(isReading));
  return found;
}

const peopleOf = async (source: DataSource) =>
  (await linksOf(source)).map(({ people }) => people?.split('.') ?? []);

/** As the guide says that a tag is made. */
async function tagOf({ manager }: DataSource, person: string, day: string): Promise<string> {
  const { key } = await manager.findOneByOrFail(PersonKey, { person });
  const bytes = Buffer.concat([Buffer.from(key ?? '', 'base64url'), Buffer.from(day)]);
  return createHash('sha256').update(bytes).digest().subarray(0, 9).toString('base64url');
}

const erase = (source: DataSource, person: string) =>
  inTransaction(source, (manager) => removeKey(manager, person));

describe.each(bothDatabases)('the people of a reading on $name', (kind) => {
  it('are tags of their own keys and of the day', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    await record.append([about('dk:o1', 'dk:o2'), journey, about('dk:o3')]);
    await record.append([about('dk:o2')]);
    await record.append([about('dk:o2')], tuesday);
    const tags = await Promise.all([
      ...['dk:o1', 'dk:o2', 'dk:o3'].map((person) => tagOf(source, person, '2026-11-30')),
      tagOf(source, 'dk:o2', '2026-12-01'),
    ]);
    const [first, second, third, later] = tags;
    expect(await peopleOf(source)).toEqual([
      [first, second].toSorted(),
      [],
      [third],
      [second],
      [later],
    ]);
    expect(new Set(tags).size).toBe(4);
    const days = await source.query<{ tag: string }[]>('SELECT tag FROM person_days');
    expect(days.map(({ tag }) => tag).toSorted()).toEqual(tags.toSorted());
    expect(JSON.stringify(await source.query('SELECT * FROM disclosure_readings'))).not.toContain(
      'dk:o',
    );
  });

  it('are covered by the hash, with the refusal, and old readings keep theirs', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const hashAfter = (before: string, ...content: unknown[]) =>
      createHash('sha256')
        .update(JSON.stringify([before, ...content]))
        .digest('hex');
    const { reader } = (await record.append([journey]), (await linksOf(source))[0]!);
    const who = [monday.toISOString(), 'ncm', reader, 'coordinator', null, null];
    const old = hashAfter('0'.repeat(64), 1, ...who, 'Hosting', ['transport'], 1);
    expect(await readHead(source.manager)).toEqual({ links: 1, hash: old });
    await record.append([refused]);
    const tag = await tagOf(source, 'dk:o1', '2026-11-30');
    const what = ['Officer', ['name'], 1];
    const hash = hashAfter(old, 2, ...who, ...what, null, [tag, true]);
    expect(await readHead(source.manager)).toEqual({ links: 2, hash });
    expect(await linksOf(source)).toMatchObject([
      { people: null, isRefused: false },
      { people: tag, isRefused: true },
    ]);
  });

  it.each([
    ['removed', 'NULL'],
    ['moved', `'tag,!'`],
    ['added', `people || ',tag'`],
    ['replaced', `replace(people, '!', '')`],
    ['left empty', `','`],
  ])('cannot be %s without breaking the chain', async (_how, people) => {
    await using record = await openRecord(kind);
    await record.append([journey]);
    await record.append([about('dk:o2'), refused]);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 3 });
    await record.source.query(
      `UPDATE disclosure_readings SET people = ${people} WHERE sequence = 3`,
    );
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: false, sequence: 2 });
  });

  it('have one key each, however many processes record them at once', async () => {
    await using record = await openRecord(kind);
    const other = await record.openAgain();
    const all = Array.from({ length: 30 }, (_, index) => `dk:o${index}`);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        record.append(
          [about(...(index % 3 === 0 ? all : all.toReversed().slice(index)))],
          monday,
          index % 2 === 0 ? record.source : other,
        ),
      ),
    );
    await other.destroy();
    const tags = (await peopleOf(record.source)).flat();
    expect(new Set(tags).size).toBe(30);
    expect(await record.source.manager.count(PersonKey)).toBe(30);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 20 });
  });

  it('lose their key with an erasure, in each process, and get no other', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const other = await record.openAgain();
    const both = [source, other];
    for (const into of both) await record.append([about('dk:o1', 'dk:o2')], monday, into);
    const kept = await tagOf(source, 'dk:o2', '2026-11-30');
    await erase(source, 'dk:o1');
    await erase(source, 'dk:o9');
    for (const into of both)
      await record.append([about('dk:o1', 'dk:o2'), about('dk:o9')], monday, into);
    for (const into of both) await record.append([about('dk:o1')], tuesday, into);
    await other.destroy();
    expect((await peopleOf(source)).slice(2)).toEqual([[kept], [], [kept], [], [], []]);
    expect(await source.manager.find(PersonKey, { order: { person: 'ASC' } })).toEqual([
      { person: 'dk:o1', key: null },
      { person: 'dk:o2', key: expect.any(String) as string },
      { person: 'dk:o9', key: null },
    ]);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 8 });
  });

  it('record nothing where they cannot be tagged', async () => {
    await using record = await openRecord(kind);
    await record.source.query('ALTER TABLE person_keys RENAME TO lost');
    await expect(record.append([about('dk:o1')])).rejects.toThrow('person_keys');
    expect(await linksOf(record.source)).toEqual([]);
    await record.source.query('ALTER TABLE lost RENAME TO person_keys');
    await record.append([about('dk:o1')]);
    expect((await peopleOf(record.source)).flat()).toHaveLength(1);
  });

  it('stay in an archive of their period', async () => {
    await using record = await openOldRecord(kind);
    const { source } = record;
    const readings = [about('dk:o1', 'dk:o2'), refused];
    await recordDisclosures({
      source,
      reader: readerOf('ncm', 'coordinator'),
      operationName: null,
      readings,
      at: new Date('2026-11-07T12:00:00Z'),
    });
    const whole = { isWhole: true, links: 14 };
    expect(await verifyDisclosures(source)).toMatchObject(whole);
    const file = record.fileOf('all');
    const days = () => source.manager.count(PersonDay);
    expect(await days()).toBe(2);
    await closePeriod(source, tuesday, file);
    expect(await verifyDisclosures(source, { archives: [file] })).toMatchObject(whole);
    // A day without readings is no longer known, so the table has no more rows than the record has people.
    expect(await days()).toBe(0);
  });
});

describe('the people of a reading', () => {
  it('are written by one statement once the day has them', async () => {
    await using record = await openRecord(bothDatabases[0] as TestDatabaseKind);
    const some = [about('dk:o1', 'dk:o2')];
    await record.append(some);
    using counted = countStatements(await writerOf(record.source));
    await record.append(some);
    await record.append([about('dk:o2')]);
    expect(counted.statements).toHaveLength(2);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 3 });
  });
});
