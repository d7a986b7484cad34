import { ensureKeyFiles } from '@hub/shared/identity';
import { inner } from '@hub/shared/testing';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork } from '../network/own-network.js';
import { runCommand, runNpm } from '../network/running-command.js';
import { allBut, isListening, ready, start, tokenOf } from './start-command.js';

/** All rows of a database, without what each start notes: its manifest, and that a log was begun for it. */
async function readRows(file: string): Promise<string> {
  // A copy, because a database that somebody else has opened is refused.
  const copy = join(await mkdtemp(join(tmpdir(), 'rows-')), 'copy.sqlite');
  await copyFile(file, copy);
  const source = await inner.openDatabase({ url: `sqlite:${copy}`, entities: [], migrations: [] });
  try {
    const tables = await source.query<{ name: string }[]>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('published_manifest', 'database_mark') ORDER BY name`,
    );
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(name, await source.query(`SELECT * FROM "${name}"`));
    return JSON.stringify(rows);
  } finally {
    await source.destroy();
    await rm(dirname(copy), { recursive: true });
  }
}

/** A sum of every file that is kept. An identity file says how its database was closed, and is left out. */
async function sumOf(folder: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.endsWith('identities')) continue;
    const file = join(entry.parentPath, entry.name);
    const content = file.endsWith('.sqlite') ? await readRows(file) : await readFile(file);
    sums[file] = createHash('sha256').update(content).digest('hex');
  }
  return sums;
}

describe('npm start', () => {
  it('changes no data and no keys the second time', async () => {
    await using network = await createOwnNetwork();
    const run = async () => {
      await using command = start(network, ...allBut('ncm', 'nbnp', 'no'));
      await command.until(ready);
      command.kill('SIGINT');
      expect(await command.ended).toBe(0);
      return await sumOf(network.environment.HUB_DATA_DIR ?? '');
    };
    const first = await run();
    expect(Object.keys(first).filter((file) => file.endsWith('.sqlite'))).toHaveLength(3);
    expect(await run()).toEqual(first);
  });

  it('makes no new private keys beside public ones, starts the others, and names the partner', async () => {
    await using network = await createOwnNetwork();
    const keys = join(network.folder, 'data', 'keys');
    await ensureKeyFiles(keys, 'fi');
    await rm(join(keys, 'fi.private.json'));
    await using command = start(network, '--facts-only', ...allBut('dk', 'fi'));
    const [text] = await command.until(ready);
    expect(text).toMatch(/Not available: .*\bfi\b/);
    expect(command.output().stdout).toMatch(
      /^ {2}fi +cannot start: PRIVATE_KEYS_MISSING: .*fi\.private\.json is missing/m,
    );
    expect(await readdir(keys)).not.toContain('fi.private.json');
    const { completeness } = await ask(network.hubPort, '{ policeUnits { id } }');
    expect(completeness).toMatchObject({
      partners: { dk: { status: 'ANSWERED' }, fi: { status: 'UNAVAILABLE' } },
    });
  });

  it('reloads the hub on SIGHUP, and goes on', { skip: process.platform === 'win32' }, async () => {
    await using network = await createOwnNetwork();
    const environment = { ...network.environment, LOG_LEVEL: 'info' };
    await using command = start({ ...network, environment }, ...allBut('dk'));
    await command.until(ready);
    const reloaded = command.until(/"msg":"new workers serve requests"/, 'now');
    command.kill('SIGHUP');
    await reloaded;
    const { completeness } = await ask(network.hubPort, '{ a: policeUnit(id: "dk:x") { id } }');
    expect(completeness).toMatchObject({ partners: { dk: { status: 'ANSWERED' } } });
    command.kill('SIGTERM');
    expect(await command.ended).toBe(0);
  });

  it('ends as a whole, with an error, when one of its processes ends', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network, '--facts-only', ...allBut('dk'));
    await command.until(ready);
    const children = execFileSync('pgrep', ['-P', String(command.pid)], { encoding: 'utf8' });
    const [first] = children.trim().split('\n').map(Number);
    process.kill(first ?? 0, 'SIGKILL');
    expect(await command.ended).toBe(1);
    expect(command.output().stderr).toContain(
      'The process of the hub ended unexpectedly (SIGKILL). The network shuts down with exit code 1.\n',
    );
    expect(await isListening(network.hubPort)).toBe(false);
    expect(await isListening(network.portOf('dk'))).toBe(false);
  });

  it('starts once on one data folder, and again when the first was killed', async () => {
    await using network = await createOwnNetwork();
    await using elsewhere = await createOwnNetwork();
    const { HUB_DATA_DIR = '' } = network.environment;
    // It has ports of its own, so only the data folder can stop it.
    const environment = { ...elsewhere.environment, HUB_DATA_DIR };
    await using first = start(network, '--facts-only', ...allBut('dk'));
    await first.until(ready);
    await using second = start({ ...elsewhere, environment }, '--facts-only', ...allBut('dk'));
    expect(await second.ended).toBe(1);
    expect(second.output().stderr).toContain(
      `Another \`npm start\` uses the data folder ${HUB_DATA_DIR}. Stop it first`,
    );
    expect(await isListening(network.portOf('dk'))).toBe(true);

    first.kill('SIGKILL');
    await first.ended;
    await using third = start({ ...elsewhere, environment }, '--facts-only', ...allBut('dk'));
    await third.until(ready);
  });

  it('ends with 0 when npm is told to end', async () => {
    await using network = await createOwnNetwork();
    await using command = runNpm(
      ['start', '--', '--facts-only', ...allBut('dk')],
      network.environment,
    );
    await command.until(ready);
    command.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    expect(await isListening(network.hubPort)).toBe(false);
    expect(await isListening(network.portOf('dk'))).toBe(false);
  });

  it('leaves nothing running when it is killed itself', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network, '--facts-only', ...allBut('dk'));
    await command.until(ready);
    command.kill('SIGKILL');
    await command.ended;
    await expect.poll(() => isListening(network.hubPort), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => isListening(network.portOf('dk')), { timeout: 10_000 }).toBe(false);
  });
});

describe('npm start -w subgraphs/national-police', () => {
  it('runs one partner beside a running hub, which then has its rows', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network, ...allBut('dk'));
    await command.until(ready);
    const query =
      '{ officers(filter: { country: "NO", rehearsals: true }) { totalCount } partner(code: "no") { status } }';
    const before = await ask(network.hubPort, query, await tokenOf(network));
    expect(before.data).toMatchObject({
      officers: { totalCount: null },
      partner: { status: 'UNAVAILABLE' },
    });

    await using partner = runCommand(
      'subgraphs/national-police/dist/main.js',
      ['--partner', 'no'],
      {
        ...network.environment,
        PORT: String(network.portOf('no')),
      },
    );
    await partner.until(/"msg":"ready"/);
    const after = await ask(network.hubPort, query, await tokenOf(network));
    expect(after.data).toMatchObject({ officers: { totalCount: 6 } });
    expect(after.completeness).toEqual({
      complete: true,
      partners: { no: { status: 'ANSWERED' } },
    });
    partner.kill('SIGTERM');
    expect(await partner.ended).toBe(0);
  });
});
