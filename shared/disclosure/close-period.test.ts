import 'reflect-metadata';

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoredText } from '../chain/index.js';
import { openDatabase } from '../database/index.js';
import { testDatabases, type TestDatabaseKind } from '../testing/index.js';
import {
  closePeriod,
  disclosureEntities,
  disclosureMigrations,
  readDisclosures,
  readHead,
  recordDisclosures,
  verifyDisclosures,
  walkArchives,
} from './index.js';

const dayOf = (day: number) => new Date(`2026-11-0${day}T12:00:00Z`);

/** A record of six reads of two links each, one a day, and a folder for archives. */
async function openRecord({ create }: TestDatabaseKind) {
  const database = await create();
  const folder = await mkdtemp(join(tmpdir(), 'hub-archives-'));
  const { url } = database;
  const source = await openDatabase({
    url,
    entities: disclosureEntities,
    migrations: disclosureMigrations,
  });
  const append = (day: number) =>
    recordDisclosures({
      source,
      reader: {
        kind: 'person',
        organisation: 'dk',
        subject: `reader-${day}`,
        role: 'coordinator',
        purpose: undefined,
      },
      operationName: null,
      clientName: day > 4 ? 'desk' : undefined,
      readings: [
        { type: 'Officer', fields: ['email', 'name'], records: day },
        { type: 'Hosting', fields: ['accommodation'], records: 1 },
      ],
      at: dayOf(day),
    });
  for (const day of [1, 2, 3, 4, 5, 6]) await append(day);
  return {
    source,
    append,
    fileOf: (name: string) => join(folder, name),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe.each(testDatabases)('closePeriod on $name', (kind) => {
  it('continues an archive from before names of clients were recorded', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    await closePeriod(source, dayOf(3), first);
    const text = await readFile(first, 'utf8');
    const earlier = text
      .replace('cooperation-hub disclosures 3', 'cooperation-hub disclosures 2')
      .replaceAll('"clientName":null,', '');
    await writeFile(first, earlier);
    await closePeriod(source, dayOf(7), second);
    expect(await readFile(second, 'utf8')).toContain('"clientName":"desk"');
    expect(await verifyDisclosures(source, { archives: [first, second] })).toMatchObject({
      isWhole: true,
      links: 12,
    });
  });

  it('archives older links, and the rest of the record continues from there', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const before = await readHead(source.manager);
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    expect(await closePeriod(source, dayOf(3), first)).toMatchObject({ links: 4 });
    expect(await closePeriod(source, dayOf(5), second)).toMatchObject({ links: 8 });
    expect(await readHead(source.manager)).toEqual(before);
    const whole = { isWhole: true, links: 12, lastHash: before.hash, archived: 8 };
    expect(await verifyDisclosures(source)).toEqual(whole);
    expect(await verifyDisclosures(source, { archives: [first, second] })).toEqual(whole);
    expect(await walkArchives([first])).toMatchObject({ links: 4 });
    await record.append(7);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 14 });
    const page = await readDisclosures({ source, partner: 'dk' }, {});
    expect(page.nodes.map(({ id }) => id)).toEqual(
      [14, 13, 12, 11, 10, 9].map((sequence) => `dk:disclosure-${sequence}`),
    );
  });

  it('leaves a record that can be archived to its end, and continued', async () => {
    await using record = await openRecord(kind);
    const before = await readHead(record.source.manager);
    await closePeriod(record.source, dayOf(9), record.fileOf('all'));
    expect(await readHead(record.source.manager)).toEqual(before);
    await record.append(9);
    expect(await verifyDisclosures(record.source)).toMatchObject({ links: 14, archived: 12 });
  });

  it('writes lines with the complete links, which only the owner can read', async () => {
    await using record = await openRecord(kind);
    const file = record.fileOf('archive');
    await closePeriod(record.source, dayOf(2), file);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { after: 0, hash: '0'.repeat(64) },
      {
        sequence: 1,
        at: '2026-11-01T12:00:00.000Z',
        readerOrganisation: 'dk',
        reader: 'reader-1',
        role: 'coordinator',
        purpose: null,
        operationName: null,
        type: 'Officer',
        fields: ['email', 'name'],
        records: 1,
      },
      { sequence: 2, type: 'Hosting' },
      { links: 2 },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('keeps no name of a reader whose reads are all archived', async () => {
    await using record = await openRecord(kind);
    await closePeriod(record.source, dayOf(3), record.fileOf('archive'));
    const texts = (await record.source.manager.find(StoredText)).map(({ text }) => text).join();
    expect(texts).not.toMatch(/reader-[12]/);
    expect(texts).toMatch(/reader-3/);
  });

  it('changes nothing if there is nothing to close, or the file exists', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    await writeFile(record.fileOf('taken'), 'mine');
    await expect(closePeriod(source, dayOf(3), record.fileOf('taken'))).rejects.toThrow(/exists/);
    await expect(closePeriod(source, dayOf(1), record.fileOf('none'))).rejects.toThrow(/no link/);
    await expect(stat(record.fileOf('none'))).rejects.toThrow('ENOENT');
    expect(await readFile(record.fileOf('taken'), 'utf8')).toBe('mine');
    expect(await verifyDisclosures(source)).toMatchObject({ links: 12, archived: 0 });
  });

  it('archives nothing of a broken record', async () => {
    await using record = await openRecord(kind);
    await record.source.query(`UPDATE disclosure_readings SET at = at - 1 WHERE sequence = 4`);
    await expect(closePeriod(record.source, dayOf(5), record.fileOf('broken'))).rejects.toThrow(
      'Link 3: its content was changed',
    );
    await expect(stat(record.fileOf('broken'))).rejects.toThrow('ENOENT');
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: false, sequence: 3 });
  });
});

const [sqlite] = testDatabases as [TestDatabaseKind];

describe('verifyDisclosures with archives', () => {
  it.each([
    ['a changed line', (text: string) => text.replace('"records":2', '"records":1'), 3],
    ['a line that was taken out', (text: string) => text.replace(/\{"sequence":3.*\n/, ''), 4],
  ])('names the first broken link: %s', async (_, change, sequence) => {
    await using record = await openRecord(sqlite);
    const file = record.fileOf('archive');
    await closePeriod(record.source, dayOf(4), file);
    await writeFile(file, change(await readFile(file, 'utf8')));
    expect(await verifyDisclosures(record.source, { archives: [file] })).toMatchObject({
      isWhole: false,
      sequence,
    });
  });

  it.each([
    ['is cut off', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
    ['goes on', (text: string) => `${text}{}\n`],
    ['is something else', () => 'a letter'],
  ])('rejects an archive that %s', async (_, change) => {
    await using record = await openRecord(sqlite);
    const file = record.fileOf('archive');
    await closePeriod(record.source, dayOf(4), file);
    await writeFile(file, change(await readFile(file, 'utf8')));
    await expect(walkArchives([file])).rejects.toThrow(file);
  });

  it('detects a missing archive, and one of another record', async () => {
    await using record = await openRecord(sqlite);
    await using other = await openRecord(sqlite);
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    await closePeriod(record.source, dayOf(3), first);
    await closePeriod(record.source, dayOf(5), second);
    const verify = (archives: string[]) => verifyDisclosures(record.source, { archives });
    expect(await verify([first])).toMatchObject({ isWhole: false, sequence: 5 });
    expect(await verify([second])).toMatchObject({ isWhole: false, sequence: 5 });
    await other.source.query(`DELETE FROM disclosure_readings`);
    await other.append(1);
    await other.append(1);
    await closePeriod(other.source, dayOf(3), other.fileOf('other'));
    expect(await verify([other.fileOf('other'), second])).toMatchObject({ isWhole: false });
    expect(await verify([other.fileOf('other')])).toMatchObject({
      isWhole: false,
      sequence: 4,
      reason: 'its archive is not of this record',
    });
  });
});

describe.each(testDatabases)('verifyDisclosures with what was noted, on $name', (kind) => {
  it('detects an end that was cut off or rewritten', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const noted = await readHead(source.manager);
    await record.append(7);
    expect(await verifyDisclosures(source, { noted })).toMatchObject({ isWhole: true, links: 14 });
    await source.query('DELETE FROM disclosure_readings WHERE sequence >= 11');
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 10 });
    expect(await verifyDisclosures(source, { noted })).toEqual({
      isWhole: false,
      sequence: 11,
      reason: 'its end is missing: the record had 12 links or more',
    });
    await record.append(8);
    expect(await verifyDisclosures(source, { noted })).toEqual({
      isWhole: false,
      sequence: 12,
      reason: 'its hash differs from the noted one',
    });
  });

  it('compares a link within a read, and an archived one', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    const end = await closePeriod(source, dayOf(2), first);
    await closePeriod(source, dayOf(4), second);
    const wrong = 'f'.repeat(64);
    const verify = (links: number, hash: string, archives?: string[]) =>
      verifyDisclosures(source, { noted: { links, hash }, archives });
    expect(await verify(9, wrong)).toMatchObject({ isWhole: false, sequence: 9 });
    expect(await verify(2, end.hash)).toMatchObject({ isWhole: true });
    expect(await verify(2, wrong)).toMatchObject({ isWhole: false, sequence: 2 });
    expect(await verify(3, wrong)).toMatchObject({
      isWhole: false,
      reason: expect.stringMatching(/archived/) as string,
    });
    expect(await verify(3, wrong, [first, second])).toMatchObject({ isWhole: false, sequence: 3 });
  });
});

describe.each(testDatabases)('a page of disclosures on $name', (kind) => {
  it('may begin and end within a read', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await readDisclosures({ source, partner: 'dk' }, { first: 5, after });
      found.push(...page.nodes.map(({ id, type }) => `${id} ${type}`));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(
      Array.from({ length: 12 }, (_, index) => {
        const sequence = 12 - index;
        return `dk:disclosure-${sequence} ${sequence % 2 === 1 ? 'Officer' : 'Hosting'}`;
      }),
    );
  });
});

describe('an operation name', () => {
  it('is recorded up to its 255th character', async () => {
    await using record = await openRecord(sqlite);
    await recordDisclosures({
      source: record.source,
      reader: { kind: 'anonymous' },
      operationName: 'x'.repeat(100_000),
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at: dayOf(7),
    });
    const { nodes } = await readDisclosures({ source: record.source, partner: 'dk' }, { first: 1 });
    expect(nodes[0]?.operationName).toBe('x'.repeat(255));
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true });
  });
});
