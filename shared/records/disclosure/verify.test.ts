import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readHead } from '../chain/append-rows.js';
import { genesis, hashLink } from '../chain/chain.js';
import { ArchiveError, writeArchive, type ChainedLinks } from './archive-file.js';
import { closePeriod } from './close-period.js';
import { dayOf, openRecord } from './test-record.js';
import { verifyDisclosures } from './verify.js';

const [sqlite] = bothDatabases as [TestDatabaseKind];

async function* chainOfOne(): AsyncGenerator<ChainedLinks> {
  const link = {
    sequence: 1,
    at: dayOf(1).toISOString(),
    organisation: 'dk',
    person: null,
    mutation: 'import',
    subject: 'dk:1',
    fields: ['name'],
    reason: null,
  };
  yield await Promise.resolve({ links: [link], hash: hashLink(genesis.hash, link) });
}

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

  it('detects a missing archive, and one of another record', async () => {
    await using record = await openRecord(sqlite);
    await using other = await openRecord(sqlite);
    const [first, second] = [record.fileOf('first'), record.fileOf('second')];
    await closePeriod(record.source, dayOf(3), first);
    await closePeriod(record.source, dayOf(5), second);
    const verify = (archives: string[]) => verifyDisclosures(record.source, { archives });
    const short = record.fileOf('short');
    await writeArchive(short, genesis, chainOfOne());
    expect(await verify([short])).toEqual({
      isWhole: false,
      sequence: 1,
      reason: 'no archive of this record ends there',
    });
    await expect(verify([record.fileOf('none')])).rejects.toThrow(ArchiveError);
    expect(await verify([first])).toEqual({
      isWhole: false,
      sequence: 5,
      reason: 'the archive that contains it was not given',
    });
    expect(await verify([second])).toEqual({
      isWhole: false,
      sequence: 5,
      reason: 'its archive does not continue the one before it',
    });
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

describe.each(bothDatabases)('verifyDisclosures with what was noted, on $name', (kind) => {
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
    expect(await verify(0, '0'.repeat(64))).toMatchObject({ isWhole: true });
    expect(await verify(2, end.hash)).toMatchObject({ isWhole: true });
    for (const links of [0, 2, 6]) {
      expect(await verify(links, wrong)).toEqual({
        isWhole: false,
        sequence: links,
        reason: 'its hash differs from the noted one',
      });
    }
    expect(await verify(3, wrong)).toEqual({
      isWhole: false,
      sequence: 3,
      reason: 'it is archived. Give the archives to verify it',
    });
    expect(await verify(3, wrong, [first, second])).toMatchObject({ isWhole: false, sequence: 3 });
  });
});
