// cspell:ignore prot
import { defaultLimits, foreignLimits } from '@hub/shared/graphql';
import { ConfigError, type Environment } from '@hub/shared/system';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError, allVariables, environmentWith, readConfig } from './config.js';
import { packageFolder } from './registry/package-folder.js';

describe('readConfig', () => {
  it('needs no settings: it serves this clone’s network on this machine, without introspection', () => {
    const config = readConfig({}, []);
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      dataDir: join(dirname(packageFolder), '.data'),
      logLevel: 'info',
      introspection: false,
      allowedOrigins: [],
      operationDeadlineMs: 15_000,
      supergraphFile: undefined,
    });
    expect(config.network?.partners).toHaveLength(10);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes a key of other engines, but not beside trusted documents', () => {
    const key = 'k'.repeat(32);
    const read = (environment: Environment) =>
      readConfig(environment, []).plugins['HUB_ENGINE_KEY'];
    expect(read({})).toBeUndefined();
    expect(read({ HUB_ENGINE_KEY: key })).toBe(key);
    for (const [environment, reason] of [
      [{ HUB_ENGINE_KEY: 'short' }, 'HUB_ENGINE_KEY: must have at least 32 characters'],
      [{ HUB_ENGINE_KEY: key, HUB_TRUSTED_DOCUMENTS: 'x.json' }, 'HUB_ENGINE_KEY: other engines'],
    ] as const)
      expect(() => readConfig(environment, [])).toThrow(reason);
  });

  it('takes a store of shared state with one password at most', () => {
    const url = 'rediss://hub@store.example.org:6380';
    const file = '/run/secrets/store';
    const set = { HUB_SHARED_STATE: url, HUB_SHARED_STATE_PASSWORD_FILE: file };
    expect(readConfig(set, []).plugins).toMatchObject(set);
    for (const [environment, reason] of [
      [{ HUB_SHARED_STATE: 'http://store' }, 'HUB_SHARED_STATE: '],
      [{ HUB_SHARED_STATE_PASSWORD_FILE: file }, 'needs HUB_SHARED_STATE'],
      [{ ...set, HUB_SHARED_STATE: 'redis://:secret@store' }, 'both have a password'],
    ] as const)
      expect(() => readConfig(environment, [])).toThrow(reason);
  });

  it('serves a supergraph instead, with introspection', () => {
    expect(
      readConfig({}, ['serve', '--supergraph', '/some/where.graphql', '--port', '4400']),
    ).toMatchObject({
      network: undefined,
      supergraphFile: '/some/where.graphql',
      port: 4400,
      introspection: true,
    });
  });

  it('resolves paths from where npm was called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-config-'));
    await writeFile(join(folder, 'a.graphql'), '');
    const { supergraphFile } = readConfig({ INIT_CWD: folder }, ['--supergraph', 'a.graphql']);
    expect(supergraphFile).toBe(join(folder, 'a.graphql'));
    await rm(folder, { recursive: true });
  });

  it('reads the port from the command line, then the environment, then the network file', () => {
    expect(readConfig({ HUB_PORT: '4100' }, []).port).toBe(4100);
    expect(readConfig({ HUB_PORT: '4100' }, ['--port', '0']).port).toBe(0);
  });

  it('reads the number of workers from the command line, then the environment', () => {
    expect(readConfig({}, []).workers).toBe(1);
    expect(readConfig({ HUB_WORKERS: '3' }, []).workers).toBe(3);
    expect(readConfig({ HUB_WORKERS: '3' }, ['--workers', '2']).workers).toBe(2);
  });

  it('limits the rate of callers, and for a supergraph only if it is set', () => {
    const foreign = ['--supergraph', '/some/where.graphql'];
    const work = { workMs: 125, workBytes: 25_000_000 };
    expect(readConfig({}, []).rate).toEqual({
      perSecond: 500,
      burst: 500,
      organisationPerSecond: 1_000,
      ...work,
    });
    expect(readConfig({ HUB_LIMIT_RATE: '20', HUB_LIMIT_BURST: '50' }, []).rate).toEqual({
      perSecond: 20,
      burst: 50,
      organisationPerSecond: 40,
      ...work,
    });
    expect(readConfig({}, foreign).rate).toBeUndefined();
    expect(readConfig({ HUB_LIMIT_RATE: '20' }, foreign).rate).toEqual({
      perSecond: 20,
      burst: 20,
      organisationPerSecond: 40,
      ...work,
    });
  });

  it('trusts proxies that are listed', () => {
    const HUB_TRUSTED_PROXIES = '192.0.2.1, 2001:db8::/32';
    expect(readConfig({ HUB_TRUSTED_PROXIES }, []).trustedProxies).toEqual([
      '192.0.2.1',
      '2001:db8::/32',
    ]);
    expect(readConfig({}, []).trustedProxies).toEqual([]);
  });

  it('lets this machine read metrics, the addresses of HUB_METRICS, or nobody', () => {
    const readers = (HUB_METRICS?: string) =>
      readConfig({ HUB_METRICS }, []).plugins['HUB_METRICS'];
    expect(readers()).toEqual(['127.0.0.1', '::1']);
    expect(readers('10.0.0.0/8, ::1')).toEqual(['10.0.0.0/8', '::1']);
    expect(readers('off')).toEqual([]);
    expect(() => readers('everybody')).toThrow('HUB_METRICS: must be a list of addresses, or off');
  });

  it('reads limits from the environment, with defaults for the kind of source', () => {
    const limits = { HUB_LIMIT_ALIASES: '7', HUB_LIMIT_PLANS: '9' };
    expect(readConfig(limits, [])).toMatchObject({
      limits: { ...defaultLimits, aliases: 7 },
      planning: { plans: 9, paths: 1_000, fieldsInPlace: 30 },
    });
    expect(readConfig({}, ['--supergraph', '/some/where.graphql']).limits).toEqual(foreignLimits);
  });

  it('lists all errors at once', () => {
    const environment = {
      HUB_PORT: 'x',
      LOG_LEVEL: 'loud',
      HUB_SANDBOX: 'yes',
      HUB_ALLOWED_ORIGINS: 'a,https://b.example.org',
      HUB_TRUSTED_PROXIES: '192.0.2.1,proxy',
      HUB_NETWORK: '/nowhere/network.json',
    };
    const read = () => readConfig(environment, []);
    expect(read).toThrow(ConfigError);
    for (const word of Object.keys(environment).slice(0, 5)) expect(read).toThrow(word);
    expect(read).toThrow('/nowhere/network.json cannot be read');
  });

  it('does not blame the network file for another invalid setting', () => {
    const fault = 'The environment is invalid:\n  HUB_SANDBOX: ';
    const read = () => readConfig({ HUB_SANDBOX: 'yes' }, []);
    expect(read).toThrow(fault);
    expect(read).not.toThrow('cannot be read');
  });

  it('rejects unknown commands and flags, and lists the known ones', () => {
    for (const argv of [
      ['start'],
      ['serve', 'all'],
      ['--prot', '1'],
      ['--port', 'x'],
      ['--workers', '0'],
      ['--workers', 'many'],
      ['--supergraph'],
    ]) {
      expect(() => readConfig({}, argv), argv.join(' ')).toThrow(UsageError);
      expect(() => readConfig({}, argv), argv.join(' ')).toThrow('Usage: npm run hub -- [serve]');
    }
  });

  it('reads only variables that a page explains', async () => {
    const files = ['gateway/docs/settings.md', 'gateway/docs/limits.md'];
    const readmes = await Promise.all(
      files.map((file) => readFile(join(dirname(packageFolder), file), 'utf8')),
    );
    const readme = readmes.join('');
    for (const name of Object.keys(allVariables.shape)) expect(readme).toContain(`\`${name}\``);
  });
});

describe('environmentWith', () => {
  it('passes this process’s variables to a child process, and defaults for the others', () => {
    expect(
      environmentWith(
        { LOG_LEVEL: 'warn', HUB_SANDBOX: 'true' },
        { LOG_LEVEL: 'debug', HUB_SANDBOX: '' },
      ),
    ).toEqual({
      LOG_LEVEL: 'debug',
      HUB_SANDBOX: 'true',
    });
  });
});
