// cspell:ignore SJÖRÄDD
import { describeColumns, describeFault, importFile } from '@hub/shared/import';
import { type TestDatabaseKind, testDatabases, type TestPartner } from '@hub/shared/testing';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Event, EventCountry } from '../entities/event.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { events } from './import-events.js';
import { importKinds } from './import-kinds.js';

type Row = Readonly<Record<string, unknown>>;

const toCell = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join('; ') : String(value ?? '');
  return `"${text.replaceAll('"', '""')}"`;
};

/** Imports rows as a file of events. */
async function load({ source }: TestPartner, rows: readonly Row[]) {
  const columns = ['id', ...Object.keys(events.columns)];
  const lines = rows.map((row) => columns.map((column) => toCell(row[column])).join(','));
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  const path = join(folder, 'events.csv');
  await writeFile(path, [columns.join(','), ...lines].join('\n'));
  const faults: string[] = [];
  const { added, changed, unchanged } = await importFile({
    source,
    partner: 'nbnp',
    kind: events,
    file: { path },
    onFault: (fault) => faults.push(describeFault(fault)),
  });
  await rm(folder, { recursive: true });
  return { added, changed, unchanged, faults };
}

describe.each(testDatabases)('npm run import of the network on $name', (kind) => {
  it('finds nothing to change in the events that the server began with', async () => {
    await using network = await openTestNetwork(kind, 'demonstration');
    const countries = await network.source
      .getRepository(EventCountry)
      .find({ order: { position: 'ASC' } });
    const rows = (await network.source.getRepository(Event).find()).map((row) => ({
      ...row,
      participants: row.participantsValue,
      partOf: row.partOfId,
      programme: row.programmeId,
      countries: countries
        .filter(({ eventId }) => eventId === row.id)
        .map(({ country }) => country),
    }));
    expect(rows.length).toBeGreaterThan(20);
    expect(await load(network, rows)).toEqual({
      added: 0,
      changed: 0,
      unchanged: rows.length,
      faults: [],
    });
  });

  it('brings events to a server that runs, with all that filters look at', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const added = await load(network, [
      {
        id: 'part',
        title: 'Sjöräddning',
        kind: 'seminar part',
        startsOn: '2031-02',
        countries: ['FI', 'SE'],
        participants: 18,
        participantsQualifier: 'exact',
        workingLanguages: ['sv', 'en'],
        partOf: 'whole',
      },
      { id: 'whole', title: 'Whole', kind: 'SEMINAR', startsOn: '2031', countries: ['FI'] },
    ]);
    expect(added).toEqual({ added: 2, changed: 0, unchanged: 0, faults: [] });
    const found = '{ nodes { id } }';
    expect(
      await network.read(`{
        event(id: "nbnp:part") { title kind startsOn country countries participants { value qualifier } workingLanguages partOf { id country } }
        search: events(filter: { search: "SJÖRÄDD" }) ${found}
        country: events(filter: { country: "SE", from: "2031-01-01" }) ${found}
        from: events(filter: { from: "2031-02-28", to: "2031-02-28" }) ${found}
      }`),
    ).toEqual({
      event: {
        title: 'Sjöräddning',
        kind: 'SEMINAR_PART',
        startsOn: '2031-02',
        country: null,
        countries: ['FI', 'SE'],
        participants: { value: 18, qualifier: 'EXACT' },
        workingLanguages: ['sv', 'en'],
        partOf: { id: 'nbnp:whole', country: 'FI' },
      },
      search: { nodes: [{ id: 'nbnp:part' }] },
      country: { nodes: [{ id: 'nbnp:part' }] },
      from: { nodes: [{ id: 'nbnp:whole' }, { id: 'nbnp:part' }] },
    });
  });
});

describe('npm run import of the network', () => {
  it('refuses what does not go together', async () => {
    await using network = await openTestNetwork(testDatabases[0] as TestDatabaseKind, 'facts');
    const event = { id: 'x', title: 'X', kind: 'SEMINAR', programme: 'nowhere', participants: 1 };
    expect(
      await load(network, [{ ...event, startsOn: '2010-05', endsOn: '2010-04-30' }]),
    ).toMatchObject({
      faults: [
        'row 2, column endsOn: is before startsOn',
        'row 2, column participantsQualifier: goes with participants, and they with it',
        'row 2, column programme: refers to an unknown programme',
      ],
    });
  });

  it('has the columns that its README shows', async () => {
    const readme = await readFile(new URL('README.md', import.meta.url), 'utf8');
    expect(readme).toContain(describeColumns(importKinds));
  });
});
