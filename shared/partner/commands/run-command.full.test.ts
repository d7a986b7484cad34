import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyFilesOf } from '../../identity/keys/key-file.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import { verifyToken } from '../../identity/token.js';
import type { PartnerConfig } from '../config/partner-config.js';
import { runPartnerCommand } from './run-command.js';

async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-commands-'));
  const files = keyFilesOf(join(folder, 'keys'), 'dk');
  const config = {
    partner: 'dk',
    privateKeys: files.private,
    databaseUrl: `sqlite:${join(folder, 'dk.sqlite')}`,
  } as PartnerConfig;
  const lines: string[] = [];
  const flags: (readonly string[])[] = [];
  return {
    folder,
    files,
    lines,
    flags,
    run: (...argv: string[]) =>
      runPartnerCommand({
        readConfig: (_environment, given = []) => {
          flags.push(given);
          return config;
        },
        argv,
        print: (line) => lines.push(line),
        complain: (line) => lines.push(line),
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('keys', () => {
  it('makes keys, prints the fingerprints of the public ones alone, and keeps them', async () => {
    await using test = await prepare();
    expect(await test.run('keys', 'make')).toBe(0);
    const text = await readFile(test.files.private, 'utf8');
    const { keys } = JSON.parse(text) as { keys: { kid: string; d: string }[] };
    for (const { kid, d } of keys) {
      expect(test.lines[0]).toContain(kid);
      expect(test.lines[0]).not.toContain(d);
    }
    expect(await test.run('keys', 'make')).toBe(0);
    expect(await readFile(test.files.private, 'utf8')).toBe(text);
    expect(await test.run('keys', 'show')).toBe(0);
    expect(await test.run('keys', 'show', '--file', test.files.public)).toBe(0);
    for (const line of test.lines) expect(line).toContain(keys[0]?.kid);
  });

  it('replaces keys by steps, and says what to send to whom', async () => {
    await using test = await prepare();
    await test.run('keys', 'make');
    expect(await test.run('keys', 'rotate')).toBe(0);
    expect(test.lines.at(-1)).toMatch(
      /^Step 1 of 3 is done\.[^]*dk\.public\.json to the hub’s operator[^]*keys rotate --installed$/,
    );
    expect(await test.run('keys', 'rotate')).toBe(1);
    expect(await test.run('keys', 'show')).toBe(0);
    expect(test.lines.at(-1)).toContain('step 1 is done');
  });

  it('makes the keys of another organisation in another folder', async () => {
    await using test = await prepare();
    const other = join(test.folder, 'other');
    expect(await test.run('keys', 'make', '--organisation', 'hub', '--folder', other)).toBe(0);
    expect(test.lines[0]).toContain('to every partner');
    expect(await test.run('keys', 'make', '--organisation', '../x', '--folder', other)).toBe(2);
  });

  it.each([[[]], [['erase']], [['make', '--size', '9']]])('refuses %j', async (words) => {
    await using test = await prepare();
    expect(await test.run('keys', ...words)).toBe(2);
  });
});

describe('token', () => {
  it('signs with the partner’s own key', async () => {
    await using test = await prepare();
    expect(await test.run('token', '--role', 'analyst')).toBe(1);
    await test.run('keys', 'make');
    expect(await test.run('token', '--role', 'coordinator', '--subject', 'anna')).toBe(0);
    const keys = createKeyStore({ files: new Map([['dk', test.files.public]]) });
    const { bearer } = await verifyToken(test.lines.at(-1) ?? '', { audience: 'hub', keys });
    expect(bearer).toMatchObject({ organisation: 'dk', subject: 'anna', role: 'coordinator' });
    expect(await test.run('token', '--role', 'coordinator', '--organisation', 'no')).toBe(2);
  });
});

describe('disclosures', () => {
  it('verifies the partner’s own database, unless another one is named', async () => {
    await using test = await prepare();
    expect(await test.run('disclosures', 'verify')).toBe(1);
    expect(test.lines.at(-1)).toBe('The database does not exist.');
    const other = `sqlite:${join(test.folder, 'other.sqlite')}`;
    expect(await test.run('disclosures', 'verify', '--database', other)).toBe(1);
    expect(await test.run('disclosures', 'erase')).toBe(2);
  });
});

describe('the commands of a folder that serves several partners', () => {
  it('pass --partner to its settings', async () => {
    await using test = await prepare();
    await test.run('keys', '--partner', 'dk', 'make');
    expect(test.flags).toEqual([['--partner', 'dk']]);
    expect(await test.run('dance')).toBe(2);
  });
});
