import { inner } from '@hub/shared/testing';
import 'reflect-metadata';

import { participants, type Partner } from '@hub/shared/partner';
import { usualRetention } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import {
  bothDatabases,
  createFactsHub,
  readerOf,
  type TestDatabaseKind,
} from '@hub/shared/testing';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { definition as police } from '../../../subgraphs/national-police/partner.js';
import { definition as network } from '../../../subgraphs/nbnp/partner.js';
import { definition as offices } from '../../../subgraphs/ncm-offices/partner.js';

/** Every text of every table. */
async function readAll(source: DataSource): Promise<string> {
  const rows = source.entityMetadatas.map(({ tablePath }) =>
    source.query<object[]>(`SELECT * FROM "${tablePath}"`),
  );
  return JSON.stringify(await Promise.all(rows));
}

async function send(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

/** A partner of the demonstration, with back-ups and a list of the erased. */
async function openCopies(definition: Partner, partner: string, kind: TestDatabaseKind) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-copies-'));
  const databases = [await kind.create()];
  const list = join(folder, `${partner}.erased.jsonl`);
  const recognition = { file: join(folder, 'identity.json'), mayBeFirst: true, isNew: false };
  const config = () => ({
    partner,
    databaseUrl: databases.at(-1)?.url ?? '',
    recognition,
    privateKeys: join(folder, `${partner}.private.json`),
    keyFolder: folder,
  });
  const erasedAgain: number[] = [];
  const warn = (details: object) => {
    if ('people' in details) erasedAgain.push(Number(details.people));
  };
  const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { warn });
  const serve = (as = readerOf(partner, 'coordinator'), clock?: () => Date) =>
    inner.openPartner(definition, {
      ...config(),
      ...(clock && { clock }),
      content: 'demonstration',
      logger,
      authenticate: () => Promise.resolve({ reader: as }),
      // The network has asked for no expert.
      askHub: createFactsHub(() => ({ assignments: [] })).askHub,
    });
  const runTask = async (kindOfTask: 'back-up' | 'restore') => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const file = join(folder, 'monday.backup');
    expect(await inner.runBackUp(definition, config(), { kind: kindOfTask, file })).toBe(0);
    const text = printed.mock.calls.flat().join('');
    printed.mockRestore();
    return text;
  };
  return {
    list,
    erasedAgain,
    serve,
    async change(mutation: string, as?: ReturnType<typeof readerOf>) {
      await using server = await serve(as);
      const url = await server.listen(0);
      expect(await send(url, `mutation { done: ${mutation} }`)).toEqual({ data: { done: true } });
    },
    async readDatabase() {
      await using server = await serve();
      return await readAll(server.source);
    },
    backUp: () => runTask('back-up'),
    async restore() {
      if (kind.name === 'PostgreSQL') databases.push(await kind.create());
      return runTask('restore');
    },
    async [Symbol.asyncDispose]() {
      for (const database of databases) await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the demonstration writes about one person at one partner, and how that is erased. */
const cases: readonly [string, Partner, string, string, (all: string) => string[]][] = [
  [
    'an officer',
    police,
    'fi',
    'eraseOfficer(id: "fi:demo-officer-1")',
    (all) =>
      /"id":"fi:demo-officer-1","name":"([^"]+)","email":"([^"]+)"/.exec(all)?.slice(1) ?? [],
  ],
  [
    'an expert',
    police,
    'lv',
    'eraseExpert(id: "lv:demo-expert-1")',
    (all) => /"id":"lv:demo-expert-1","name":"([^"]+)","email":"([^"]+)"/.exec(all)?.slice(1) ?? [],
  ],
  [
    'a delegate',
    offices,
    'ncm',
    'eraseDelegate(id: "ncm:demo-delegate-13")',
    (all) => /"id":"ncm:demo-delegate-13","name":"([^"]+)"/.exec(all)?.slice(1) ?? [],
  ],
];

describe.each(bothDatabases)('a restored copy on $name', (kind) => {
  it.each(cases)(
    'has nothing of %s who was erased since',
    async (_, definition, code, mutation, find) => {
      await using copies = await openCopies(definition, code, kind);
      const texts = find(await copies.readDatabase());
      expect(texts.length).toBeGreaterThan(0);
      await copies.backUp();
      await copies.change(mutation);
      expect(await copies.restore()).toContain('People on the list of the erased: 1.');
      const all = await copies.readDatabase();
      for (const text of texts) expect(all).not.toContain(text);
      expect(all).toContain('eraseAgain');
      expect(copies.erasedAgain).toEqual([1]);
      // The start after that has nothing to erase.
      expect(await copies.readDatabase()).toBe(all);
      expect(copies.erasedAgain).toEqual([1]);
    },
  );

  it.each([
    ['Officer', police, 'fi', { unitId: 'fi:npb', targetGroup: 'POLICE' }],
    ['Expert', police, 'fi', { unitId: 'fi:npb' }],
    [
      'Delegate',
      offices,
      'ncm',
      { officeId: 'ncm:led', country: 'RU', targetGroup: 'POLICE', version: 1 },
    ],
  ] as const)('does not name a removed %s, who is in it', async (type, definition, code, row) => {
    await using copies = await openCopies(definition, code, kind);
    const id = `${code}:mistaken`;
    {
      await using server = await copies.serve();
      await server.source.manager.insert(type, { ...row, id, name: 'Ossi Erehdys' });
    }
    await copies.backUp();
    await copies.change(`remove${type}(input: { ${type.toLowerCase()}: "${id}", version: 1 })`);
    expect(await copies.restore()).toContain('People on the list of the erased: 1.');
    expect(await copies.readDatabase()).not.toContain('Ossi Erehdys');
    expect(copies.erasedAgain).toEqual([1]);
  });

  it('opens no session that the back-up has, because it may have ended since', async () => {
    await using copies = await openCopies(police, 'fi', kind);
    const at = '2026-11-30T11:00:00.000Z';
    const days = { accessEndsOn: '2099-01-01', madeAt: at };
    const own = { personId: 'fi:demo-officer-1', secretHash: 'a', ...days };
    {
      await using server = await copies.serve();
      const { manager } = server.source;
      await manager.insert(participants.ParticipantSession, {
        ...own,
        id: 'session',
        invitationId: 'used',
        isConfirmed: true,
        rotatedAt: at,
        renewedOn: '2026-11-30',
      });
      await manager.insert(participants.Invitation, { ...own, id: 'open', expiresAt: '2099' });
    }
    await copies.backUp();
    expect(await copies.readDatabase()).toMatch(/"id":"session"[^}]*"ended_at":null/);
    await copies.restore();
    const all = await copies.readDatabase();
    for (const id of ['session', 'open'])
      expect(all).toMatch(new RegExp(`"id":"${id}"[^}]*"ended_at":"20`));
  });

  it('has nothing of what the network wrote about somebody whom her organisation erased since', async () => {
    await using copies = await openCopies(network, 'nbnp', kind);
    const absence = /"participant_id":"se:demo-officer-2"[^}]*"reason":"(\w+)"/;
    const reasonIn = async () => absence.exec(await copies.readDatabase())?.[1];
    expect(await reasonIn()).toBe('DUTY');
    await copies.backUp();
    await copies.change('eraseTexts(person: "se:demo-officer-2")', readerOf('se', 'service'));
    await copies.restore();
    expect(await reasonIn()).toBe('OTHER');
  });
});

describe('the list of the erased', () => {
  const sqlite = bothDatabases[0] as TestDatabaseKind;
  const erase = 'eraseOfficer(id: "fi:demo-officer-1")';
  const readPeople = async (list: string) =>
    [...(await readFile(list, 'utf8')).matchAll(/"person":"([^"]*)"/g)].map(([, id]) => id);

  it('has who was erased before there was a list, or after it was lost, which is a warning', async () => {
    await using copies = await openCopies(police, 'fi', sqlite);
    await copies.change(erase);
    await rm(copies.list);
    await using server = await copies.serve();
    const url = await server.listen(0);
    const { warnings } = (await (await fetch(new URL('/health/ready', url))).json()) as {
      warnings: { erased: string };
    };
    expect(warnings.erased).toMatch(/^ERASED_LIST_MISSING: /);
    expect(await readPeople(copies.list)).toEqual(['fi:demo-officer-1']);
  });

  it('says nothing by a line that a crash cut off, and goes on after it', async () => {
    await using copies = await openCopies(police, 'fi', sqlite);
    await copies.readDatabase();
    await appendFile(copies.list, '\n{"person":"fi:demo-officer-2","of":"Off');
    await copies.backUp();
    await copies.change(erase);
    await copies.restore();
    await copies.readDatabase();
    expect(copies.erasedAgain).toEqual([1]);
  });

  it('has what was erased by age, and spares what was written after that', async () => {
    await using copies = await openCopies(police, 'fi', sqlite);
    const contact = /"id":"fi:demo-officer-1","name":"([^"]+)","email":("[^"]+"|null)/;
    const before = contact.exec(await copies.readDatabase());
    expect(before?.[2]).not.toBe('null');
    const entry = { person: 'fi:demo-officer-1', of: 'Officer', kind: 'CONTACTS' };
    const line = JSON.stringify({ ...entry, at: '2026-01-01T12:00:00.000Z' });
    await appendFile(copies.list, `${line}\n`);
    expect(contact.exec(await copies.readDatabase())?.slice(1)).toEqual([before?.[1], 'null']);
    await using server = await copies.serve();
    const email = 'anna@invented.example';
    await server.source.query(
      `UPDATE "officers" SET "email" = '${email}' WHERE "id" = '${entry.person}'`,
    );
    await server.close();
    expect(contact.exec(await copies.readDatabase())?.[2]).toBe(`"${email}"`);
  });

  it.each([
    [police, 'fi', 'hostings'],
    [offices, 'ncm', 'regional_hostings'],
    [network, 'nbnp', 'itinerary_stops'],
  ] as const)('has whom to call during visits, which a run has erased by age', async (...owner) => {
    const [definition, partner, table] = owner;
    await using copies = await openCopies(definition, partner, sqlite);
    const inDatabase = async () => (await copies.readDatabase()).includes('Ossi, +358 40 000');
    {
      await using server = await copies.serve();
      await server.source.query(
        `UPDATE "${table}" SET "contact_on_the_spot" = 'Ossi, +358 40 000'`,
      );
    }
    await copies.backUp();
    {
      await using server = await copies.serve();
      const { source } = server;
      const { askHub } = createFactsHub((field) =>
        field === 'visit' ? { returnedOn: '2030-05-01' } : null,
      );
      for (const day of ['2032-03-31', '2032-04-29', '2032-04-30'])
        await definition.chore?.({
          partner,
          source,
          askHub,
          clock: () => new Date(`${day}T12:00:00Z`),
          retention: usualRetention,
        });
    }
    expect(await inDatabase()).toBe(false);
    await copies.restore();
    expect(await inDatabase()).toBe(false);
    expect(copies.erasedAgain).toHaveLength(1);
  });

  it('has names of readers, which the server has erased by age', async () => {
    await using copies = await openCopies(police, 'fi', sqlite);
    const isNamed = async () => (await copies.readDatabase()).includes('"fi-coordinator"');
    const serveOn = (day: string) => copies.serve(undefined, () => new Date(`${day}T12:00:00Z`));
    {
      await using server = await serveOn('2026-10-05');
      const names = 'officers(filter: { rehearsals: true }) { nodes { name } }';
      expect(await send(await server.listen(0), `{ ${names} }`)).not.toHaveProperty('errors');
    }
    expect(await isNamed()).toBe(true);
    await copies.backUp();
    {
      // The server does it by itself, a minute after its start, which nobody waits for here.
      const { setTimeout: wait } = globalThis;
      using timers = vi.spyOn(globalThis, 'setTimeout');
      const soon = (run: () => void, ms?: number) => wait(run, ms === 60_000 ? 10 : ms);
      timers.mockImplementation(soon as typeof setTimeout);
      await using server = await serveOn('2029-01-01');
      await server.listen(0);
      const read = () => readFile(copies.list, 'utf8');
      await expect.poll(read, { timeout: 60_000 }).toContain('fi:readers-2026-10');
    }
    expect(await isNamed()).toBe(false);
    await copies.restore();
    expect(await isNamed()).toBe(false);
  });

  it('names the type of a person, since another one may have the same id', async () => {
    await using copies = await openCopies(police, 'fi', sqlite);
    const before = await copies.readDatabase();
    const expert = { person: 'fi:demo-officer-1', of: 'Expert', kind: null, at: '2030-01-01' };
    await appendFile(copies.list, `${JSON.stringify(expert)}\n`);
    expect(await copies.readDatabase()).toBe(before);
  });
});
