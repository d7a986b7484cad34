import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { recordChanges } from '../changes/index.js';
import { openDatabase } from '../database/index.js';
import { anonymous, type Reader } from '../identity/index.js';
import { createDisposableStack, readerOf, testDatabases } from '../testing/index.js';
import { isFirstReading } from './first-readers.js';
import { disclosureEntities, disclosureMigrations, recordDisclosures } from './index.js';

const person = (organisation: string, subject: string): Reader => ({
  kind: 'person',
  organisation,
  subject,
  role: 'coordinator',
  purpose: undefined,
});
const at = new Date('2026-11-24T12:00:00Z');

describe.each(testDatabases)('isFirstReading on $name', ({ create }) => {
  it('is true once for a person, whatever she and others have done before', async () => {
    await using database = await create();
    await using stack = createDisposableStack();
    /** As a process that has just started opens it. */
    const open = async () => {
      const source = await openDatabase({
        url: database.url,
        entities: disclosureEntities,
        migrations: disclosureMigrations,
      });
      stack.use({ [Symbol.asyncDispose]: () => source.destroy() });
      return source;
    };
    const source = await open();
    const read = async (reader: Reader) => {
      const isFirst = await isFirstReading(source, reader);
      const readings = [{ type: 'Officer', fields: ['name'], records: 1 }];
      await recordDisclosures({ source, reader, operationName: null, readings, at });
      return isFirst;
    };
    // A change is no reading.
    const by = { organisation: 'no', person: 'anna', mutation: 'grantLoan', reason: null };
    const records = [{ subject: 'no:1', fields: ['name'] }];
    await source.transaction((manager) => recordChanges(manager, { ...by, at, records }));
    expect(await read(person('no', 'anna'))).toBe(true);
    expect(await read(person('no', 'anna'))).toBe(false);
    expect(await read({ ...person('no', 'anna'), role: 'liaison' } as Reader)).toBe(false);
    for (const other of [
      person('se', 'anna'),
      person('no', 'ann'),
      person('no', 'anna"'),
      person('no', 'ÅÅ'),
    ])
      expect(await read(other)).toBe(true);
    const restarted = await open();
    expect(await isFirstReading(restarted, person('no', 'anna'))).toBe(false);
    expect(await isFirstReading(restarted, person('no', 'ÅÅ'))).toBe(false);
    expect(await isFirstReading(restarted, person('no', 'ann%'))).toBe(true);
  });

  it('is false for servers and anonymous callers', async () => {
    await using database = await create();
    const source = await openDatabase({
      url: database.url,
      entities: disclosureEntities,
      migrations: disclosureMigrations,
    });
    for (const reader of [anonymous, readerOf('no', 'service')])
      expect(await isFirstReading(source, reader)).toBe(false);
    await source.destroy();
  });
});
