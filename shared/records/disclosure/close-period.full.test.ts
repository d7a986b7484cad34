import { readFile, stat, writeFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { lockRecord, readHead } from '../chain/append-rows.js';
import { ReaderName, StoredText } from '../chain/stored.entity.js';
import { closePeriod } from './close-period.js';
import { readDisclosures } from './read-disclosures.js';
import { recordDisclosures } from './record.js';
import { dayOf, openRecord } from './test-record.js';
import { verifyDisclosures, walkArchives } from './verify.js';

/** What the record has in place of a name. */
const tagOf = async ({ manager }: DataSource, subject: string): Promise<string> =>
  (await manager.findOneByOrFail(ReaderName, { subject })).tag;

describe.each(bothDatabases)('closePeriod on $name', (kind) => {
  it('continues an archive from before names of clients were recorded', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    await closePeriod(source, dayOf(3), first);
    const text = await readFile(first, 'utf8');
    const earlier = text
      .replace('cooperation-hub disclosures 5', 'cooperation-hub disclosures 2')
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
    // PostgreSQL then returns the first anchor last, if nothing says in which order.
    await source.query('UPDATE disclosure_anchors SET hash = hash WHERE sequence = 4');
    const whole = { isWhole: true, links: 12, lastHash: before.hash, archived: 8 };
    expect(await verifyDisclosures(source)).toEqual(whole);
    expect(await verifyDisclosures(source, { archives: [first, second] })).toEqual(whole);
    expect(await walkArchives([first])).toMatchObject({ links: 4 });
    await record.append(7);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 14 });
    const page = await readDisclosures(
      { source, partner: 'dk', reader: readerOf('dk', 'auditor') },
      {},
    );
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
        reader: await tagOf(record.source, 'reader-1'),
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

  it('keeps no text about a reader whose reads are all archived, and her name for its own time', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((day) => tagOf(source, `reader-${day}`)),
    );
    await closePeriod(source, dayOf(3), record.fileOf('archive'));
    const texts = (await source.manager.find(StoredText)).map(({ text }) => text).join();
    for (const tag of [first, second]) expect(texts).not.toContain(tag);
    expect(texts).toContain(third);
    expect(await readFile(record.fileOf('archive'), 'utf8')).not.toContain('reader-');
    expect(await tagOf(source, 'reader-1')).toBe(first);
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

  it('closes a period once if two processes do so at the same time', async () => {
    await using record = await openRecord(kind);
    const files = [record.fileOf('one'), record.fileOf('two')] as const;
    const closed = await Promise.allSettled(
      files.map((file) => closePeriod(record.source, dayOf(4), file)),
    );
    const archives = files.filter((_, index) => closed[index]?.status === 'fulfilled');
    expect(archives).toHaveLength(1);
    expect(closed.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'ArchiveError', message: expect.stringMatching(/just closed|no link/) },
    });
    expect(await verifyDisclosures(record.source, { archives })).toMatchObject({
      isWhole: true,
      links: 12,
      archived: 6,
    });
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

describe.each(bothDatabases)('a page of disclosures on $name', (kind) => {
  it('may begin and end within a read', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await readDisclosures(
        { source, partner: 'dk', reader: readerOf('dk', 'auditor') },
        { first: 5, after },
      );
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

const [sqlite, postgres] = bothDatabases as [TestDatabaseKind, TestDatabaseKind];

describe('closePeriod on SQLite', () => {
  it('removes more texts than one statement can name', async () => {
    await using record = await openRecord(sqlite);
    const { source } = record;
    const before = await source.manager.count(StoredText);
    await source.query(`WITH RECURSIVE numbers (id) AS (
      SELECT 1001 UNION ALL SELECT id + 1 FROM numbers WHERE id < 34000)
      INSERT INTO disclosure_texts (id, digest, text) SELECT id, 'digest ' || id, '' FROM numbers`);
    await closePeriod(source, dayOf(2), record.fileOf('archive'));
    // The first reader’s own text is not needed any more either.
    expect(await source.manager.count(StoredText)).toBe(before - 1);
  });
});

describe('closePeriod on PostgreSQL', () => {
  it('breaks no record that is verified, closed or shown meanwhile', async () => {
    await using record = await openRecord(postgres);
    const { source } = record;
    const auditor = readerOf('dk', 'auditor');
    // The rows were read, and their texts are asked for, when the others are archived.
    const { verifying, closing, showing } = await source
      .transaction(async (manager) => {
        await manager.query('LOCK TABLE disclosure_texts IN ACCESS EXCLUSIVE MODE');
        const asked = {
          verifying: verifyDisclosures(source),
          closing: closePeriod(source, dayOf(4), record.fileOf('late')).catch(String),
          showing: readDisclosures({ source, partner: 'dk', reader: auditor }, { last: 5 }),
        };
        await expect
          .poll(() =>
            source.query(
              `SELECT mode FROM pg_locks WHERE NOT granted AND relation = 'disclosure_texts'::regclass
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            ),
          )
          .toHaveLength(3);
        await manager.query(
          'INSERT INTO disclosure_anchors SELECT sequence, hash FROM disclosure_readings WHERE sequence = 6',
        );
        await manager.query('DELETE FROM disclosure_readings WHERE sequence <= 6');
        await manager.query(
          'DELETE FROM disclosure_texts WHERE id NOT IN (SELECT reader FROM disclosure_readings) AND text LIKE $1',
          ['["dk","~%'],
        );
        return { asked };
      })
      .then(({ asked }) => asked);
    expect(await verifying).toMatchObject({ isWhole: true, links: 12, archived: 6 });
    expect(await closing).toMatch(/just closed|no link/);
    expect((await showing).nodes.length).toBeLessThanOrEqual(5);
  });

  it('keeps a text to which another process is about to refer', async () => {
    await using record = await openRecord(postgres);
    const { source } = record;
    const closing = await source.transaction(async (manager) => {
      await lockRecord(manager);
      await manager.query(
        `INSERT INTO disclosure_readings SELECT 14, at, reader, links, hash FROM disclosure_readings WHERE sequence = 2`,
      );
      const closed = closePeriod(source, dayOf(2), record.fileOf('archive'));
      await expect
        .poll(() =>
          source.query(
            `SELECT mode FROM pg_locks WHERE NOT granted AND relation = 'disclosure_readings'::regclass
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          ),
        )
        .toHaveLength(1);
      return { closed };
    });
    await closing.closed;
    const texts = (await source.manager.find(StoredText)).map(({ text }) => text).join();
    expect(texts).toContain(await tagOf(source, 'reader-1'));
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
    const { nodes } = await readDisclosures(
      { source: record.source, partner: 'dk', reader: readerOf('dk', 'auditor') },
      { first: 1 },
    );
    expect(nodes[0]?.operationName).toBe('x'.repeat(255));
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true });
  });
});
