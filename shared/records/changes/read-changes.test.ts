import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeCursor } from '../../database/pagination/cursor.js';
import { inTransaction } from '../../database/transaction.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { closePeriod } from '../disclosure/close-period.js';
import { readDisclosures } from '../disclosure/read-disclosures.js';
import { recordDisclosures } from '../disclosure/record.js';
import { verifyDisclosures } from '../disclosure/verify.js';
import type { ChangeFilter } from './change.type.js';
import { readChanges } from './read-changes.js';
import { recordChanges } from './record-writes.js';
import { openTestVisits, Visit, type TestVisits } from './test-visits.js';

const dayOf = (day: number) => new Date(`2026-11-0${day}T12:00:00Z`);

/** Five days, each with a reading and a change of one of two visits in turn. */
async function openDays(kind: TestDatabaseKind): Promise<TestVisits> {
  const visits = await openTestVisits(kind);
  await visits.source.query(
    `INSERT INTO visits SELECT 'dk:other', title, group_id, languages, is_open, search_text, version FROM visits`,
  );
  for (const day of [1, 2, 3, 4, 5]) {
    await visits.write(
      (manager) =>
        manager.update(Visit, { id: day % 2 ? 'dk:old' : 'dk:other' }, { title: `Day ${day}` }),
      { at: dayOf(day), person: day === 3 ? null : 'anna', reason: day === 5 ? 'Snow' : null },
    );
    await recordDisclosures({
      source: visits.source,
      reader: { kind: 'anonymous' },
      operationName: null,
      readings: [
        { type: 'Officer', fields: ['name'], records: 1 },
        { type: 'Hosting', fields: ['note'], records: 1 },
      ],
      at: dayOf(day),
    });
  }
  return visits;
}

const read = ({ source }: TestVisits, filter: ChangeFilter | null = null, page = {}) =>
  readChanges({ source, partner: 'dk' }, page, { filter });

/** The days of the found changes. */
const daysOf = async (visits: TestVisits, filter?: ChangeFilter, page = {}) =>
  (await read(visits, filter, page)).nodes.map(({ at }) => new Date(at).getUTCDate());

describe.each(bothDatabases)('readChanges on $name', (kind) => {
  it('returns the contract’s fields, and no others', async () => {
    await using visits = await openDays(kind);
    const { nodes } = await read(visits, {}, { first: 1 });
    expect(nodes).toEqual([
      {
        id: expect.stringMatching(/^dk:change-[\w-]{22}$/) as unknown,
        at: '2026-11-05T12:00:00.000Z',
        organisation: 'dk',
        person: 'anna',
        mutation: 'changeVisit',
        subject: 'dk:old',
        fields: ['title'],
        reason: 'Snow',
      },
    ]);
  });

  it('pages from the newest to the oldest, without the readings between them', async () => {
    await using visits = await openDays(kind);
    const days: number[] = [];
    let after: string | null = null;
    do {
      const page = await read(visits, {}, { first: 2, after });
      days.push(...page.nodes.map(({ at }) => new Date(at).getUTCDate()));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(days).toEqual([5, 4, 3, 2, 1]);
    const back: number[] = [];
    for (let before: string | null = null; ;) {
      const page: Awaited<ReturnType<typeof read>> = await read(visits, {}, { last: 2, before });
      back.unshift(...page.nodes.map(({ at }) => new Date(at).getUTCDate()));
      expect(page.pageInfo.hasNextPage).toBe(before !== null);
      before = page.pageInfo.startCursor;
      if (!page.pageInfo.hasPreviousPage) break;
    }
    expect(back).toEqual(days);
  });

  it('finds the changes of one record, and those in a range of time, both ends included', async () => {
    await using visits = await openDays(kind);
    expect(await daysOf(visits, { subject: 'dk:old' })).toEqual([5, 3, 1]);
    expect(await daysOf(visits, { subject: 'dk:other', from: dayOf(3).toISOString() })).toEqual([
      4,
    ]);
    const span = { from: '2026-11-02T14:00:00+02:00', to: '2026-11-04T12:00:00Z' };
    expect(await daysOf(visits, span)).toEqual([4, 3, 2]);
    for (const subject of ['', 'dk:o', 'dk:\0', 'dk:o%'])
      expect(await daysOf(visits, { subject })).toEqual([]);
  });

  it('has ids and cursors that count nothing: their numbers are hidden, and others’ differ', async () => {
    await using visits = await openDays(kind);
    await using others = await openDays(kind);
    const keysOf = async (of: TestVisits) => {
      const { edges } = await read(of);
      return edges.flatMap(({ cursor, node }) => [
        node.id.slice('dk:change-'.length),
        Buffer.from(cursor, 'base64url').toString(),
      ]);
    };
    const own = await keysOf(visits);
    expect(await keysOf(visits)).toEqual(own);
    expect(new Set(own).size).toBe(10);
    const foreign = new Set(await keysOf(others));
    for (const key of own) {
      expect(foreign).not.toContain(key);
      expect(key).not.toMatch(/^\W*\d{1,9}\W*$/);
    }
    const [cursor = ''] = (await read(others)).edges.map((edge) => edge.cursor);
    await expect(read(visits, {}, { after: cursor })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
    });
  });

  it('leaves out records of which the caller may not know, and pages past any number of them', async () => {
    await using visits = await openTestVisits(kind);
    // More than are read at a time lie between the two.
    const hidden = Array.from({ length: 600 }, (_, index) => `dk:hidden-${index % 3}`);
    for (const [index, subjects] of [['dk:old'], hidden, ['dk:old']].entries())
      await inTransaction(visits.source, (manager) =>
        recordChanges(manager, {
          organisation: 'dk',
          person: null,
          mutation: 'test',
          reason: null,
          at: dayOf(index + 1),
          records: subjects.map((subject) => ({ subject, fields: ['title'] })),
        }),
      );
    const asked: string[] = [];
    const findReadable = (subjects: readonly string[]) => {
      asked.push(...subjects);
      return Promise.resolve(new Set(subjects.filter((subject) => subject === 'dk:old')));
    };
    const read = (page: object) =>
      readChanges({ source: visits.source, partner: 'dk' }, page, {}, findReadable);
    const first = await read({ first: 1 });
    expect(first.nodes.map(({ at }) => at)).toEqual([dayOf(3).toISOString()]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const next = await read({ first: 1, after: first.pageInfo.endCursor });
    expect(next.nodes.map(({ at }) => at)).toEqual([dayOf(1).toISOString()]);
    expect(next.pageInfo.hasNextPage).toBe(false);
    const back = await read({ last: 2 });
    expect(back.nodes.map(({ at }) => at)).toEqual(
      [dayOf(3), dayOf(1)].map((at) => at.toISOString()),
    );
    expect(back.pageInfo.hasPreviousPage).toBe(false);
    // Each record once for a page.
    expect(asked).toHaveLength(12);
  });

  it('is not part of the pages of disclosures', async () => {
    await using visits = await openDays(kind);
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = { first: 3, after };
      const read = await readDisclosures(
        { source: visits.source, partner: 'dk', reader: readerOf('dk', 'auditor') },
        page,
      );
      found.push(...read.nodes.map(({ id }) => id));
      after = read.pageInfo.hasNextPage ? read.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual([15, 14, 12, 11, 9, 8, 6, 5, 3, 2].map((n) => `dk:disclosure-${n}`));
  });

  it('refuses an invalid cursor or page size', async () => {
    await using visits = await openDays(kind);
    for (const page of [
      { after: 'x' },
      { after: encodeCursor(['0']) },
      { first: 0 },
      { first: 1_001 },
    ])
      await expect(read(visits, {}, page)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('archives changes with the readings of their time, and verifies both', async () => {
    await using visits = await openDays(kind);
    const folder = await mkdtemp(join(tmpdir(), 'hub-changes-'));
    const file = join(folder, 'archive');
    expect(await closePeriod(visits.source, dayOf(3), file)).toMatchObject({ links: 6 });
    const whole = { isWhole: true, links: 15, archived: 6 };
    expect(await verifyDisclosures(visits.source)).toMatchObject(whole);
    expect(await verifyDisclosures(visits.source, { archives: [file] })).toMatchObject(whole);
    expect(await daysOf(visits)).toEqual([5, 4, 3]);
    const [, first] = (await readFile(file, 'utf8')).split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      sequence: 1,
      at: '2026-11-01T12:00:00.000Z',
      organisation: 'dk',
      person: 'anna',
      mutation: 'changeVisit',
      subject: 'dk:old',
      fields: ['title'],
      reason: null,
    });
    await rm(folder, { recursive: true });
  });
});
