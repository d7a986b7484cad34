// cspell:ignore shel
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adoptedFile, findContract, readContract } from '../contracts.js';
import { NetworkError } from '../network.js';
import { writeSealed } from './sealed-file.js';
import { readMarks } from './watched-files.js';

const committed = readContract('ncm-offices');

describe('a contract of the data folder', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'contracts-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('counts before the committed one, whose descriptions it keeps', async () => {
    expect(findContract('ncm-offices', dataDir)).toEqual(committed);
    const sdl = `${committed.sdl}\nextend type Office { motto: String }`;
    await writeSealed(adoptedFile(dataDir, 'ncm-offices'), sdl);
    const described = adoptedFile(dataDir, 'ncm-offices', 'descriptions.json');
    await writeSealed(described, JSON.stringify({ 'Office.motto': 'Its motto.' }));
    expect(findContract('ncm-offices', dataDir)).toEqual({
      name: 'ncm-offices',
      sdl,
      descriptions: { ...committed.descriptions, 'Office.motto': 'Its motto.' },
    });
  });

  it('gives way to the committed one if it is spoilt beyond repair', async () => {
    const file = adoptedFile(dataDir, 'ncm-offices');
    await writeSealed(file, committed.sdl.replace('Office', 'Bureau'));
    await writeFile(file, 'type Query { off');
    await writeFile(`${file}.sealed`, '');
    expect(findContract('ncm-offices', dataDir)).toEqual(committed);
  });

  it('of a new kind is read from its sealed copy if the file is spoilt', async () => {
    const file = adoptedFile(dataDir, 'shelters');
    expect(() => findContract('shelters', dataDir)).toThrow(NetworkError);
    await writeSealed(file, 'type Query { shelters: Int }');
    await writeFile(file, 'type Query {');
    expect(findContract('shelters', dataDir).sdl).toBe('type Query { shelters: Int }');
  });

  it('changes what the primary process watches', async () => {
    const before = readMarks(dataDir);
    await writeSealed(adoptedFile(dataDir, 'shelters'), 'type Query { a: Int }');
    const once = readMarks(dataDir);
    expect(once).not.toBe(before);
    await writeSealed(adoptedFile(dataDir, 'shelters'), 'type Query { b: Int }');
    expect(readMarks(dataDir)).not.toBe(once);
    expect(readMarks(dataDir)).toBe(readMarks(dataDir));
  });
});
