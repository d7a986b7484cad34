import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../identity/reader.js';
import { bothDatabases } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { isReading } from '../chain/chain.js';
import { walkReadings } from '../chain/stored-form.js';
import type { DisclosureNote } from './disclosure-note.js';
import { recordDisclosures } from './record.js';
import { dayOf, openRecord } from './test-record.js';
import { verifyDisclosures } from './verify.js';

const asker = readerOf('se', 'liaison');
const refusal = (...people: string[]) => ({
  type: 'Officer',
  fields: ['name'],
  records: people.length,
  people,
  isRefused: true,
});
const reading = { type: 'Hosting', fields: ['note'], records: 1 };

async function linksOf({ manager }: DataSource): Promise<string[]> {
  const found: string[] = [];
  for await (const { links } of walkReadings(manager, 12))
    for (const link of links.filter(isReading))
      found.push(`${link.isRefused ? 'refused' : 'read'} ${link.type} ${link.clientName ?? ''}`);
  return found;
}

describe.each(bothDatabases)('a refusal that repeats, on $name', (kind) => {
  const ask = (
    source: DataSource,
    readings: DisclosureNote['readings'],
    { reader = asker as Reader, ms = 0, clientName = undefined as string | undefined } = {},
  ) =>
    recordDisclosures({
      source,
      reader,
      operationName: clientName ?? null,
      clientName,
      readings,
      at: new Date(dayOf(7).getTime() + ms),
    });

  it('is one link a minute, whatever the client calls itself, and beside readings', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const loop = Array.from({ length: 200 }, (_, index) =>
      ask(source, [refusal('dk:o1', 'dk:o2')], { ms: index * 250, clientName: `c${index}` }),
    );
    await Promise.all(loop);
    await ask(source, [reading, refusal('dk:o2', 'dk:o1')], { ms: 59_999 });
    expect(await linksOf(source)).toEqual(['refused Officer c0', 'read Hosting ']);
    await ask(source, [refusal('dk:o1', 'dk:o2')], { ms: 60_000 });
    expect(await linksOf(source)).toHaveLength(3);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 15 });
  });

  it('is another one of other people, fields, readers and purposes', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const stating = (purpose: string) => ({ ...asker, purpose }) as Reader;
    for (let round = 0; round < 2; round += 1) {
      await ask(source, [refusal('dk:o1')]);
      await ask(source, [refusal('dk:o2')]);
      await ask(source, [{ ...refusal('dk:o1'), fields: [] }]);
      await ask(source, [{ ...refusal('dk:o1'), type: 'Expert' }]);
      await ask(source, [refusal('dk:o1')], { reader: readerOf('no', 'liaison') });
      await ask(source, [refusal('dk:o1')], { reader: stating('AUDIT') });
      // A text that she chooses makes no other one.
      await ask(source, [refusal('dk:o1')], { reader: stating(`AUDIT: ${round}`) });
    }
    expect(await linksOf(source)).toHaveLength(6);
  });

  it('is recorded by the next one if it could not be', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    await source.query('ALTER TABLE disclosure_texts RENAME TO lost');
    const asked = [ask(source, [refusal('dk:o1')]), ask(source, [refusal('dk:o1')])];
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await source.query('ALTER TABLE lost RENAME TO disclosure_texts');
    await ask(source, [refusal('dk:o1')]);
    expect(await linksOf(source)).toEqual(['refused Officer ']);
  });
});
