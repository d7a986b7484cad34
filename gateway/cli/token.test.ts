import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError, readNetworkConfig } from '../config.js';
import { createNetworkKeys } from '../registry/network-keys.js';
import { createAuthenticate } from '../server/security/authenticate.js';
import { createNetworkToken } from './commands.js';

describe('npm run token', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hub-token-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const run = (...argv: string[]) => createNetworkToken(argv, { HUB_DATA_DIR: dataDir });

  it('creates missing keys, and a token that the hub accepts', async () => {
    const { network } = readNetworkConfig({ HUB_DATA_DIR: dataDir });
    const authenticate = createAuthenticate({ keys: createNetworkKeys(dataDir, network) });
    const token = await run('--organisation', 'nbnp', '--role', 'coordinator');
    expect(await authenticate(`Bearer ${token}`)).toEqual({
      kind: 'person',
      organisation: 'nbnp',
      subject: 'someone',
      role: 'coordinator',
      purpose: undefined,
    });
    const flags = ['--subject', 'no:anna', '--purpose', 'hosting', '--ttl', '90s'];
    expect(
      await authenticate(
        `Bearer ${await run('--organisation', 'no', '--role', 'auditor', ...flags)}`,
      ),
    ).toMatchObject({
      organisation: 'no',
      subject: 'no:anna',
      purpose: 'hosting',
    });
  });

  it('keeps existing keys', async () => {
    const file = join(dataDir, 'keys', 'no.private.json');
    await run('--organisation', 'no', '--role', 'analyst');
    const before = await readFile(file, 'utf8');
    await run('--organisation', 'no', '--role', 'analyst');
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('lists all errors, and what is allowed', async () => {
    const bad = run('--organisation', 'ru', '--role', 'boss', '--ttl', '2d', '--subject', '');
    await expect(bad).rejects.toThrow(UsageError);
    await expect(bad).rejects.toThrow(
      /--organisation must be one of ncm[^]*--role must be one of[^]*--subject is empty[^]*--ttl must be at most 1d[^]*Usage: npm run --silent token/,
    );
    for (const argv of [
      [],
      ['--organisation', 'no'],
      ['--org', 'no'],
      ['no'],
      ['--role', 'analyst'],
    ]) {
      await expect(run(...argv), argv.join(' ')).rejects.toThrow(UsageError);
    }
    for (const ttl of ['0s', '1', 'h', '-1h', '1.5h', '25h']) {
      await expect(
        run('--organisation', 'no', '--role', 'analyst', '--ttl', ttl),
        ttl,
      ).rejects.toThrow(UsageError);
    }
  });
});
