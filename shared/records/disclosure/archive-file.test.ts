import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  genesis,
  hashLink,
  type ChangeLink,
  type DisclosureLink,
  type Head,
} from '../chain/chain.js';
import { walkArchive, writeArchive, type ChainedLinks } from './archive-file.js';

const reading = (sequence: number): DisclosureLink => ({
  sequence,
  at: '2026-11-22T10:00:00.000Z',
  readerOrganisation: 'dk',
  reader: 'dk:anna',
  role: 'coordinator',
  purpose: 'hosting',
  operationName: 'WhoTravels',
  clientName: 'desk',
  type: 'Officer',
  fields: ['email', 'name'],
  records: 3,
  people: 'tag-1.tag-2',
  isRefused: false,
});

const change = (sequence: number): ChangeLink => ({
  sequence,
  at: '2026-11-22T11:00:00.000Z',
  organisation: 'dk',
  person: 'dk:anna',
  mutation: 'editOfficer',
  subject: 'dk:officer-1',
  fields: ['email'],
  reason: 'typing error',
});

/** One request that read two types, a change, and a request of which nothing optional is known. */
const written = [
  [reading(1), { ...reading(2), type: 'Hosting', people: null, isRefused: true }],
  [change(3)],
  [{ ...reading(4), purpose: null, operationName: null, clientName: null, people: null }],
  [{ ...change(5), person: null, reason: null }],
];

async function* chainOf(parts: readonly ChainedLinks['links'][]): AsyncGenerator<ChainedLinks> {
  let { hash } = genesis;
  for (const links of parts) {
    for (const link of links) hash = hashLink(hash, link);
    yield await Promise.resolve({ links, hash });
  }
}

/** A file in a folder of its own. */
async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-archive-'));
  const path = join(folder, 'archive');
  return {
    path,
    write: () => writeArchive(path, genesis, chainOf(written)),
    edit: async (to: (text: string) => string) => writeFile(path, to(await readFile(path, 'utf8'))),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

describe('writeArchive', () => {
  it('writes each link, and the hash of the last one of a request', async () => {
    await using file = await openFile();
    const head = await file.write();
    const lines = (await readFile(file.path, 'utf8')).trimEnd().split('\n');
    const hashes: (string | null)[] = [];
    for await (const { links, hash } of chainOf(written)) {
      hashes.push(...links.slice(1).map(() => null), hash);
    }
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { format: 'cooperation-hub disclosures 5', after: 0, hash: genesis.hash },
      ...written.flat().map((link, index) => ({ ...link, hash: hashes[index] })),
      { links: 5, hash: hashes.at(-1) },
    ]);
    expect(head).toEqual({ links: 5, hash: hashes.at(-1) });
  });

  it('leaves no file if the record cannot be read to its end', async () => {
    await using file = await openFile();
    async function* broken(): AsyncGenerator<ChainedLinks> {
      yield* chainOf(written);
      throw new Error('The database has gone.');
    }
    await expect(writeArchive(file.path, genesis, broken())).rejects.toThrow('has gone');
    await expect(stat(file.path)).rejects.toThrow('ENOENT');
  });

  it.each([
    ['exists', '', /archive exists\. An archive is never overwritten\.$/],
    ['is in no folder', '/none/archive', /none\/archive cannot be written: \w+\.$/],
  ])('says that the file %s', async (_, below, message) => {
    await using file = await openFile();
    await writeFile(file.path, 'mine');
    const path = `${file.path}${below}`;
    await expect(writeArchive(path, genesis, chainOf(written))).rejects.toThrow(
      expect.objectContaining({ name: 'ArchiveError', message: expect.stringMatching(message) }),
    );
    expect(await readFile(file.path, 'utf8')).toBe('mine');
  });
});

const notAnArchive = /is not an archive of disclosures, or cannot be read\.$/;
const cutOff = /is cut off: its last line is missing or invalid\.$/;

const withoutField = (field: string) => (text: string) =>
  text.replaceAll(new RegExp(`"${field}":("[^"]*"|\\[[^\\]]*\\]|\\w+),`, 'g'), '');
const optional = ['clientName', 'people', 'isRefused'];
const required = [...Object.keys(reading(1)), ...Object.keys(change(1)), 'after'].filter(
  (field) => !optional.includes(field),
);

describe('walkArchive', () => {
  it('returns the end of an archive, also from its own start', async () => {
    await using file = await openFile();
    const head = await file.write();
    expect(await walkArchive(file.path)).toEqual(head);
    expect(await walkArchive(file.path, genesis)).toEqual(head);
  });

  it.each([1, 2, 3, 4])('reads an archive of form %i', async (form) => {
    await using file = await openFile();
    const head = await file.write();
    await file.edit((text) => text.replace('disclosures 5', `disclosures ${form}`));
    expect(await walkArchive(file.path)).toEqual(head);
  });

  it.each<[what: string, from: Head]>([
    ['another number of links', { ...genesis, links: 1 }],
    ['another hash', { ...genesis, hash: 'f'.repeat(64) }],
  ])('rejects an archive that continues from %s', async (_, from) => {
    await using file = await openFile();
    await file.write();
    await expect(walkArchive(file.path, from)).rejects.toThrow(
      'Link 1: its archive does not continue the one before it',
    );
  });

  it('compares each link with a noted one', async () => {
    await using file = await openFile();
    await file.write();
    const noted = { links: 2, hash: 'f'.repeat(64) };
    await expect(walkArchive(file.path, genesis, noted)).rejects.toThrow(
      'Link 2: its hash differs from the noted one',
    );
  });

  it.each<[what: string, edit: (text: string) => string, message: RegExp]>([
    ['another format', (text) => text.replace('disclosures 5', 'disclosures 6'), notAnArchive],
    ['a hash that is none', (text) => text.replaceAll(/[0-9a-f]{64}/g, 'abc'), notAnArchive],
    ['a negative count', (text) => text.replace('"after":0', '"after":-1'), notAnArchive],
    ['a sentence', () => 'Dear colleague,\n', notAnArchive],
    ['nothing', () => '', cutOff],
    ['no last line', (text) => text.replace(/\{"links".*\n/, ''), cutOff],
    ['another number in its last line', (text) => text.replace('"links":5', '"links":4'), cutOff],
    [
      'another hash in its last line',
      (text) => text.replace(/("links":5,"hash":").{4}/, '$10000'),
      cutOff,
    ],
    [
      'a link at its end that has no hash',
      (text) =>
        text.replace(/(?=\{"links":5)/, `${JSON.stringify({ ...reading(6), hash: null })}\n`),
      cutOff,
    ],
    ['a line after its last line', (text) => `${text}{}\n`, /continues after its last line\.$/],
    ...required.map((field): [string, (text: string) => string, RegExp] => [
      `no ${field}`,
      withoutField(field),
      notAnArchive,
    ]),
  ])('rejects a file with %s', async (_, edit, message) => {
    await using file = await openFile();
    await file.write();
    await file.edit(edit);
    await expect(walkArchive(file.path)).rejects.toThrow(
      expect.objectContaining({ name: 'ArchiveError', message: expect.stringMatching(message) }),
    );
  });

  it('rejects a file that does not exist', async () => {
    await using file = await openFile();
    await expect(walkArchive(file.path)).rejects.toThrow(notAnArchive);
  });
});
